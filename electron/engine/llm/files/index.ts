export { modelFolders } from './folders.ts';
export { type ModelSpec, PHI } from './known.ts';
export { createModelFiles, type ModelFiles, type ModelFilesDeps, type UsableModel } from './model-files.ts';
