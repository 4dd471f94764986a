import { expect } from 'chai';
import type { Understanding } from '#shared/recognition.ts';
import { startDeclic } from '../support/declic.ts';

const reading: Understanding = {
  readsElsewhere: true,
  recognise: async () => {
    throw new Error('Nothing is to be read without a note.');
  },
};

describe('what is done with messages', () => {
  const ask = async (understanding?: Understanding): Promise<string> => {
    const declic = await startDeclic(understanding === undefined ? {} : { understanding });
    try {
      const person = declic.person();
      const said = await person.says('mes données {privacy_info}');
      return said.map(({ text }) => text).join('\n');
    } finally {
      await declic.close();
    }
  };

  it('names Azure where messages are read there, and does not elsewhere', async () => {
    expect(await ask(reading)).to.include('Azure');
    expect(await ask()).to.not.include('Azure');
  });
});
