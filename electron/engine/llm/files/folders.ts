import path from 'node:path';
import { packageRoot } from '../../platform/index.ts';

/** Where an app that was packaged with the language model holds it: its resources, or beside the network's own file. */
export function modelFolders(): string[] {
  const { resourcesPath } = process as { resourcesPath?: string };
  const folders = [path.join(packageRoot(), 'models')];
  return resourcesPath ? [path.join(resourcesPath, 'models'), ...folders] : folders;
}
