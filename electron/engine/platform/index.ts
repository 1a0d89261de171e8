export {
  allBackups,
  type Backup,
  backupsOf,
  dayOf,
  keepBackup,
  moveBackups,
  offeredBackup,
  restoreBackup,
} from './backups.ts';
export { type Clock, systemClock } from './clock.ts';
export { compareTexts } from './compare-texts.ts';
export { type DataFolder, dataFolderHolder, defaultDataDir, takeDataFolder } from './data-folder.ts';
export { checkWhole, type Database, type Migration, openDatabase, setAside } from './database.ts';
export { missing, readDatabase, readFault, sayingFaults } from './database-reading.ts';
export { dateIn } from './date-in.ts';
export { designEffect } from './design-effect.ts';
export { codeOf, diskError, isDamage, problemOf } from './faults.ts';
export { engineVersion, makeFolder, packageRoot, syncFolder, writeFileAtomic } from './files.ts';
export { canonicalJson, sha256 } from './hash.ts';
export { newDecisionId, newRunId } from './ids.ts';
export { createLog, type Logger } from './log.ts';
export { blankState, hasLog } from './lost-tables.ts';
export { nextChange } from './next-change.ts';
export { requireNode24 } from './node-version.ts';
export { plainJson } from './plain-json.ts';
export { preparedOnce } from './prepared.ts';
export { seeded } from './seeded.ts';
export { openSettings, type SettingsStore } from './settings.ts';
export { type HeldTrip, thinned, thinning } from './thinned.ts';
export { waitInWords } from './wait-in-words.ts';
export { wilson } from './wilson.ts';
