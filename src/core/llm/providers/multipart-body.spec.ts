import { buffer } from 'node:stream/consumers';
import { encodeForm } from './multipart-body.js';

describe('encodeForm', () => {
  it('is a form that others read, of the length that it says', async () => {
    const form = new FormData();
    form.set('model', 'größe');
    form.set('file', new Blob(['some bytes'], { type: 'audio/wav' }), 'a"b\r\n.wav');
    const { contentType, length, content } = encodeForm(form);
    const bytes = await buffer(content);
    expect(bytes).toHaveLength(length);
    const boundary = contentType.replace('multipart/form-data; boundary=', '');
    expect(bytes.toString().replaceAll(boundary, 'B')).toBe(
      [
        '--B',
        'Content-Disposition: form-data; name="model"',
        '',
        'größe',
        '--B',
        'Content-Disposition: form-data; name="file"; filename="a%22b%0D%0A.wav"',
        'Content-Type: audio/wav',
        '',
        'some bytes',
        '--B--',
        '',
      ].join('\r\n'),
    );
  });

  it('has a boundary of its own each time', () => {
    const boundaries = [1, 2].map(() => encodeForm(new FormData()).contentType);
    expect(boundaries[0]).not.toBe(boundaries[1]);
  });
});
