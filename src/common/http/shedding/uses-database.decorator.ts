import { SetMetadata } from '@nestjs/common';

export const USES_DATABASE = 'uses-database';

/** For controllers all of whose handlers need the database: requests for them are refused while it has too much to do. */
export const UsesDatabase = () => SetMetadata(USES_DATABASE, true);
