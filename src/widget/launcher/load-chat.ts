import type { MountChat } from '../contract.ts';

/**
 * Loads the chat's script and gives what it registers. A plain script element and no `import()`:
 * so a site that embeds the widget needs no cross-origin headers. Rejects when it does not arrive.
 */
export const loadChat = (url: string): Promise<MountChat> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    window.declicChat = (mount) => {
      delete window.declicChat;
      resolve(mount);
    };
    script.async = true;
    script.addEventListener('error', () => {
      script.remove();
      reject(new TypeError(url));
    });
    script.src = url;
    document.head.append(script);
  });
