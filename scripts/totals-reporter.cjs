const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

/** mocha's spec reporter, which also leaves its totals in the file named by the option `output`. */
module.exports = class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(
        options.reporterOptions.output,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending }),
      );
    });
  }
};
