import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { announceOnly, bodyOf, exactRequest } from '../../../../test/support/exact-request.js';
import { encodeMultipart, type FormFile } from '../../../../test/support/multipart.js';
import { AppConfigModule } from '../../../config/app-config.module.js';
import { loadConfig } from '../../../config/load-config.js';
import { configureApp } from '../../../configure-app.js';
import { LimitsModule } from '../../../core/limits/limits.module.js';
import { Deferred } from '../../async/deferred.js';
import { IntegerParameter, TextField } from '../../validation/field.decorators.js';
import { JsonObjectFormField, NumberFormField } from '../../validation/form-field.decorators.js';
import { HttpModule } from '../http.module.js';
import { RequestSignal } from '../request-signal.decorator.js';
import type { TemporaryFile } from './temporary-file.js';
import { FileField, TakesUpload, UploadedTemporaryFile } from './upload.decorators.js';

class FormDto {
  @FileField({ description: 'The file.' })
  file!: unknown;

  @TextField({ description: 'A title.', maxLength: 20, optional: true })
  title?: string;

  @IntegerParameter({ description: 'A size.', min: 1, max: 100, default: 10 })
  size = 10;

  @NumberFormField({ description: 'A share.', min: 0, max: 1, optional: true, example: 0.5 })
  share?: number;

  @JsonObjectFormField({ description: 'Metadata.', optional: true })
  metadata?: Record<string, unknown>;
}

/** What the test's handler has seen. */
class Seen {
  file: TemporaryFile | undefined;
  arrived = new Deferred<undefined>();
  hungUp = new Deferred<undefined>();
}

@Controller()
class UploadsController {
  constructor(private readonly seen: Seen) {}

  @Post('upload')
  @TakesUpload()
  upload(@UploadedTemporaryFile() file: TemporaryFile, @Body() body: FormDto) {
    this.seen.file = file;
    return { ...body, content: readFileSync(file.path, 'utf8'), name: file.name, bytes: file.size };
  }

  @Post('either')
  @TakesUpload({ orJson: true })
  either(@UploadedTemporaryFile() file: TemporaryFile | undefined, @Body() body: FormDto) {
    return { ...body, name: file?.name ?? null };
  }

  @Post('slow')
  @TakesUpload()
  async slow(@UploadedTemporaryFile() file: TemporaryFile, @RequestSignal() signal: AbortSignal) {
    this.seen.file = file;
    this.seen.arrived.resolve(undefined);
    await once(signal, 'abort');
    this.seen.hungUp.resolve(undefined);
  }

  @Post('failing')
  @TakesUpload()
  failing(): never {
    throw new Error('No.');
  }

  @Post('json')
  json(@Body() body: FormDto) {
    return body;
  }
}

@Module({ controllers: [UploadsController], providers: [Seen] })
class UploadsModule {}

const MAX_UPLOAD_BYTES = 4096;
const PDF: FormFile = { name: 'a.pdf', content: 'content', mediaType: 'application/pdf' };

describe('uploads', () => {
  let app: NestExpressApplication;
  let url: string;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'uploads-spec-'));
    const config = loadConfig({ UPLOAD_DIR: directory, MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES) });
    app = await NestFactory.create<NestExpressApplication>(
      { module: UploadsModule, imports: [HttpModule, LimitsModule, AppConfigModule.forRoot(config)] },
      { bodyParser: false, logger: false },
    );
    await configureApp(app).listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(async () => {
    await app.close();
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  /** What is left in the folder of this process. */
  const leftovers = () =>
    readdirSync(directory).flatMap((name) => readdirSync(join(directory, name)).map(String));
  const send = (
    path: string,
    { body, headers }: { body: string | Buffer; headers: Record<string, string> },
  ) => exactRequest(url, { method: 'POST', path: `/api/v1${path}`, body, headers });
  const upload = (fields: Record<string, string>, files: FormFile[] = [PDF], path = '/upload') =>
    send(path, encodeMultipart(fields, files));
  const isClean = () =>
    eventually(() => {
      expect(leftovers()).toEqual([]);
    });

  it('reach the handler as a file and a checked body, and are gone afterwards', async () => {
    const metadata = { a: [1, null], b: { c: 'ü' } };
    const answer = await upload({
      title: 'Größe',
      size: '20',
      share: '0.25',
      metadata: JSON.stringify(metadata),
      unknown: 'x',
    });
    expect([answer.status, bodyOf(answer)]).toEqual([
      201,
      { title: 'Größe', size: 20, share: 0.25, metadata, content: 'content', name: 'a.pdf', bytes: 7 },
    ]);
    await eventually(() => {
      expect(existsSync(app.get(Seen).file!.path)).toBe(false);
    });
    await isClean();
  });

  it('take defaults for absent and for empty fields', async () => {
    const answer = await upload({ title: '', size: '', metadata: '' });
    expect(bodyOf(answer)).toEqual({ size: 10, content: 'content', name: 'a.pdf', bytes: 7 });
  });

  it('have names that lead nowhere', async () => {
    const answer = await upload({}, [{ ...PDF, name: '../../etc/größe.pdf' }]);
    expect(bodyOf(answer)['name']).toBe('größe.pdf');
    expect(app.get(Seen).file!.path.startsWith(directory)).toBe(true);
  });

  it.each([
    ['title', { title: 'x'.repeat(21) }],
    ['title', { title: 'a\0b' }],
    ['title', { title: ' ' }],
    ['size', { size: 'many' }],
    ['size', { size: '1.5' }],
    ['size', { size: '101' }],
    ['share', { share: '1e-1' }],
    ['share', { share: '2' }],
    ['metadata', { metadata: '[1]' }],
    ['metadata', { metadata: '{' }],
    ['metadata', { metadata: '"a"' }],
    ['metadata', { metadata: '{"a":"\\u0000"}' }],
    ['metadata', { metadata: '{"a":{"__proto__":1}}' }],
    ['metadata', { metadata: '{"a":'.repeat(40) + '1' + '}'.repeat(40) }],
    ['title', { title: 'x'.repeat(300_000) }],
  ])('are refused for a wrong %s', async (field, fields) => {
    const answer = await upload(fields);
    expect(answer.status).toBe(422);
    const [{ loc }] = bodyOf(answer)['errors'] as [{ loc: string[] }];
    expect(loc.slice(0, 2)).toEqual(['body', field]);
    await isClean();
  });

  it.each([
    ['none', [], 'is required, as a file'],
    ['two', [PDF, PDF], 'must be the only file'],
    ['one elsewhere', [{ ...PDF, field: 'other' }], 'is required, as a file; a file came in another field'],
    ['one more elsewhere', [PDF, { ...PDF, field: 'other' }], 'must be the only file'],
  ])('are refused where there is not just one: %s', async (_, files, msg) => {
    const answer = await upload({ file: 'x' }, files);
    expect(answer.status).toBe(422);
    expect(bodyOf(answer)['errors']).toMatchObject([{ loc: ['body', 'file'], msg }]);
    await isClean();
  });

  it('are refused with very many fields, and with long names of fields', async () => {
    const fields = Array.from({ length: 10_000 }, (_, index) => [`f${index}`, '']);
    const many = await upload(Object.fromEntries(fields) as Record<string, string>);
    expect([many.status, bodyOf(many)['errors']]).toMatchObject([422, [{ msg: 'must have fewer fields' }]]);
    expect((await upload({ ['x'.repeat(10_000)]: 'x' })).status).toBe(400);
    await isClean();
  });

  it('are refused when they are too large, announced or not', async () => {
    const fits = await upload({}, [{ ...PDF, content: 'x'.repeat(MAX_UPLOAD_BYTES) }]);
    expect(fits.status).toBe(201);
    for (const size of [MAX_UPLOAD_BYTES + 1, 1_000_000]) {
      const answer = await upload({}, [{ ...PDF, content: 'x'.repeat(size) }]);
      expect([answer.status, bodyOf(answer)['type']]).toEqual([413, '/problems/payload-too-large']);
    }
    const announced = { 'content-length': '10000000000', ...encodeMultipart({}).headers };
    const early = await announceOnly(url, '/api/v1/upload', announced);
    expect(early.status).toBe(413);
    await isClean();
  });

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['no parts', 'multipart/form-data; boundary=x', ''],
    ['another boundary', 'multipart/form-data; boundary=x', encodeMultipart({}, [PDF]).body],
    [
      'an early end',
      encodeMultipart({}).headers['content-type'],
      encodeMultipart({}, [PDF]).body.subarray(0, -20),
    ],
    ['a field with no name', encodeMultipart({}).headers['content-type'], encodeMultipart({ '': 'x' }).body],
    [
      'a nested field',
      encodeMultipart({}).headers['content-type'],
      encodeMultipart({ 'a[b]': 'x' }, [PDF]).body,
    ],
    ['JSON', 'multipart/form-data; boundary=x', '{"title":"a"}'],
  ])('are 400 with %s', async (_, type, body) => {
    const answer = await send('/upload', { body, headers: { 'content-type': type } });
    expect([answer.status, bodyOf(answer)['type']]).toEqual([400, '/problems/malformed-request']);
    await isClean();
  });

  it('are 415 where they come as something else, or to somebody else', async () => {
    const json = { body: '{"title":"a"}', headers: { 'content-type': 'application/json' } };
    expect((await send('/upload', json)).status).toBe(415);
    expect((await upload({}, [PDF], '/json')).status).toBe(415);
    const { body, headers } = encodeMultipart({}, [PDF]);
    expect(
      (await send('/upload', { body, headers: { ...headers, 'content-encoding': 'gzip' } })).status,
    ).toBe(415);
  });

  it('may be JSON where the handler says so', async () => {
    const json = { body: '{"title":"a","metadata":{"b":null}}', headers: {} };
    expect(bodyOf(await send('/either', json))).toEqual({
      title: 'a',
      size: 10,
      metadata: { b: null },
      name: null,
    });
    expect(bodyOf(await upload({}, [PDF], '/either'))).toEqual({ size: 10, name: 'a.pdf' });
  });

  it('are gone after a failure', async () => {
    expect((await upload({}, [PDF], '/failing')).status).toBe(500);
    await isClean();
  });

  it('stop the work and are gone when the client hangs up', async () => {
    const seen = app.get(Seen);
    const { body, headers } = encodeMultipart({}, [PDF]);
    const hangUp = new AbortController();
    const sent = fetch(`${url}/api/v1/slow`, { method: 'POST', body, headers, signal: hangUp.signal }).catch(
      () => 'gone',
    );
    await seen.arrived.promise;
    expect(existsSync(seen.file!.path)).toBe(true);
    hangUp.abort();
    expect(await sent).toBe('gone');
    await seen.hungUp.promise;
    await isClean();
  });

  it('are gone when the client hangs up half way', async () => {
    const { body, headers } = encodeMultipart({}, [{ ...PDF, content: 'x'.repeat(4000) }]);
    const head = `POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['content-type']}\r\n`;
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.write(`${head}Content-Length: ${body.length}\r\n\r\n`);
    socket.write(body.subarray(0, 2000));
    await eventually(() => {
      expect(leftovers()).toHaveLength(1);
    });
    socket.destroy();
    await isClean();
  });
});
