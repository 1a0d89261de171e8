import { ipcRenderer } from 'electron';

// The page gets a MessagePort to the engine, a fresh one after each start of the engine, and nothing else.
ipcRenderer.on('brainnet:port', (event) => {
  window.postMessage('brainnet:port', window.location.origin, event.ports);
});
window.addEventListener('load', () => ipcRenderer.send('brainnet:connect'));
