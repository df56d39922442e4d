import { SetMetadata } from '@nestjs/common';

export const USES_DATABASE = 'uses-database';

/** For controllers whose requests need the database: they are refused while it has too much to do. */
export const UsesDatabase = () => SetMetadata(USES_DATABASE, true);
