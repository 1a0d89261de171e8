/** How long a CSV file handed over as text may be, in UTF-8 bytes; a file read from the disk has another limit. */
export const CSV_TEXT_BYTES = 16 * 1024 * 1024;
