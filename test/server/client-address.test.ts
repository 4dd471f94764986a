import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { clientAddress, isLocal, isLoopback, networkOf } from '#server/client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it('is that of the connection when no proxy is trusted, whatever the headers claim', () => {
    expect(clientAddress(from('192.0.2.1', '198.51.100.9'), 0)).to.equal('192.0.2.1');
    expect(clientAddress(from('::ffff:192.0.2.1'), 0)).to.equal('192.0.2.1');
    expect(clientAddress(from('2001:DB8::1'), 0)).to.equal('2001:db8::1');
    expect(clientAddress(from(undefined), 0)).to.equal('unknown');
  });

  it('is the one that our outermost proxy saw: what the client wrote before it is hearsay', () => {
    const forged = '127.0.0.1, 10.9.9.9, 198.51.100.9';
    expect(clientAddress(from('10.0.0.1', forged), 1)).to.equal('198.51.100.9');
    expect(clientAddress(from('10.0.0.2', `${forged}, 10.0.0.1`), 2)).to.equal('198.51.100.9');
  });

  it('never reaches further than what is there', () => {
    expect(clientAddress(from('192.0.2.1'), 1)).to.equal('192.0.2.1');
    expect(clientAddress(from('10.0.0.1', '198.51.100.9'), 5)).to.equal('198.51.100.9');
  });

  it('may come with a port or in brackets', () => {
    expect(clientAddress(from('10.0.0.1', '198.51.100.9:50123'), 1)).to.equal('198.51.100.9');
    expect(clientAddress(from('10.0.0.1', '[2001:db8::1]:443'), 1)).to.equal('2001:db8::1');
    expect(clientAddress(from('10.0.0.1', '[fe80::1%eth0]'), 1)).to.equal('fe80::1');
  });

  it('is that of the connection when the proxy sends nonsense', () => {
    for (const nonsense of ['unknown', '_hidden', 'a'.repeat(500), '1.2.3', '', ' , ']) {
      expect(clientAddress(from('10.0.0.1', nonsense), 1), nonsense).to.equal('10.0.0.1');
    }
  });

  it('is told apart: this machine, a local network, the Internet', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1']) {
      expect([isLoopback(address), isLocal(address)], address).to.deep.equal([true, true]);
    }
    for (const address of ['10.1.2.3', '172.16.0.1', '192.168.1.1', 'fd00::1', '100.64.0.1']) {
      expect([isLoopback(address), isLocal(address)], address).to.deep.equal([false, true]);
    }
    for (const address of ['192.0.2.1', '172.32.0.1', '2001:db8::1', 'unknown', '']) {
      expect([isLoopback(address), isLocal(address)], address).to.deep.equal([false, false]);
    }
  });

  it('stands for its whole network in IPv6, where one client has a /64', () => {
    expect(networkOf('192.0.2.1')).to.equal('192.0.2.1');
    const network = networkOf('2001:db8:0:1:2:3:4:5');
    expect(networkOf('2001:db8:0:1::9')).to.equal(network);
    expect(networkOf('2001:0db8:0000:0001:ffff::')).to.equal(network);
    expect(networkOf('2001:db8:0:2::9')).not.to.equal(network);
    expect(networkOf('2001:db8::1')).to.equal(networkOf('2001:db8::'));
  });
});
