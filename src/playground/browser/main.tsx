import { createRoot } from 'react-dom/client';
import type { PageConfig } from '../wire.ts';
import { App } from './app.tsx';
import './page.css';

const container = document.getElementById('app');
if (container === null) throw new Error('the page has no #app');
const config: PageConfig = JSON.parse(container.dataset['config'] ?? '{}');
createRoot(container).render(<App config={config} />);
