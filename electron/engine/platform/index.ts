export { type Clock, systemClock } from './clock.ts';
export { type DataFolder, defaultDataDir, takeDataFolder } from './data-folder.ts';
export { type Database, isDamage, type Migration, openDatabase } from './database.ts';
export { diskError, engineVersion, packageRoot, writeFileAtomic } from './files.ts';
export { canonicalJson, sha256 } from './hash.ts';
export { newDecisionId, newRunId } from './ids.ts';
export { createLog, type Logger } from './log.ts';
export { requireNode24 } from './node-version.ts';
export { openSettings, type SettingsStore } from './settings.ts';
