/** Yahoo's name as the user reads it. */
export const SOURCE = 'Yahoo';
