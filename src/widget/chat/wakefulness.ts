/** Away for longer than this, a phone has usually lost its connections without saying so. */
const AWAY_MS = 60_000;

export interface WakeHandlers {
  online(): void;
  offline(): void;
  /** The page is seen again after a while. */
  back(): void;
}

/** Listens to the device: network gone, network back, page seen again. */
export const watchDevice = ({ online, offline, back }: WakeHandlers): void => {
  let hiddenAt = 0;
  addEventListener('online', online);
  addEventListener('offline', offline);
  addEventListener('pageshow', (event) => {
    if (event.persisted) back();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > AWAY_MS) back();
  });
};
