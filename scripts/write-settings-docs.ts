import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { insertSettingsTable, renderEnvExample } from '../src/config/settings-documents.js';

/** Writes what is generated from the declared settings: `.env.example` and the table in the README. */
await writeFile('.env.example', renderEnvExample());
await writeFile('README.md', insertSettingsTable(await readFile('README.md', 'utf8')));
