import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import 'dockview-react/dist/styles/dockview.css';
import './app/tokens.css';
import './app/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { cspNonce } from './app/nonce.ts';
import { startSession } from './engine/index.ts';

cspNonce();
void startSession();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
