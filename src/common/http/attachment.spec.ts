import { attachment } from './attachment.js';

describe('attachment', () => {
  it.each([
    ['talk.wav', 'attachment; filename="talk.mp3"'],
    ['a.b.wav', 'attachment; filename="a.b.mp3"'],
    ['.wav', 'attachment; filename=".wav.mp3"'],
    ['', 'attachment; filename="audio.mp3"'],
    ['../../etc/passwd', 'attachment; filename="passwd.mp3"'],
    ['C:\\music\\song.wav', 'attachment; filename="song.mp3"'],
    [
      "größe (1)'.wav",
      `attachment; filename="gr__e (1)_.mp3"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%281%29%27.mp3`,
    ],
  ])('calls what was made from %j by its name', (name, header) => {
    expect(attachment(name, 'mp3')).toBe(header);
  });

  it('lets no name break out of the header', () => {
    const header = attachment('a"; x="\r\nSet-Cookie: b=1\u0000.wav', 'mp3');
    expect(header).not.toMatch(/[\r\n\0]/u);
    expect(header).toMatch(/^attachment; filename="[^"]*"; filename\*=UTF-8''[\w%.-]+$/u);
  });

  it('keeps long names short, and characters whole', () => {
    expect(attachment(`${'🎵'.repeat(300)}.wav`, 'mp3')).toContain(`''${'%F0%9F%8E%B5'.repeat(100)}.mp3`);
  });
});
