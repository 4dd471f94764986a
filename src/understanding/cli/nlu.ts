console.log('train', process.version)
