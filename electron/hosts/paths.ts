import path from 'node:path';
import { packageRoot } from '../engine/platform/index.ts';

/** The built page. */
export const PAGE_FOLDER = path.join(packageRoot(), 'out', 'renderer');
/** The built desktop entry. */
export const DESKTOP_ENTRY = path.join(packageRoot(), 'out', 'main', 'main.js');
