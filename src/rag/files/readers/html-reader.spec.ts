import fc from 'fast-check';
import { readHtml } from './html-reader.js';

const textOf = (html: string) =>
  readHtml(html)
    .sections.map(({ text }) => text)
    .join('\n\n');

describe('web pages', () => {
  it('are read with their title and headings, without what is for machines', () => {
    const html = `<!doctype html><html><head><title> My &amp;
      page </title><style>p { color: red }</style><script>let a = '<p>no</p>';</script></head>
      <body><nav><a href="/">Home</a></nav><h1>Leave <em>and</em> rest</h1><p>25&nbsp;days.<br>Really.</p>
      <h2>Sick</h2><div>Get<!-- not --> <b>we</b>ll.</div><div hidden>Hidden</div><noscript>No</noscript>
      <svg><title>Icon</title></svg><img src="data:image/png;base64,iVBORw0KGgo" alt="x"></body></html>`;
    expect(readHtml(html)).toEqual({
      format: 'html',
      title: 'My & page',
      pages: null,
      sections: [
        { headings: ['Leave and rest'], text: '# Leave and rest\n\n25\u00a0days.\nReally.' },
        { headings: ['Leave and rest', 'Sick'], text: '## Sick\n\nGet well.' },
      ],
    });
  });

  it('have items and rows on lines of their own, and cells apart', () => {
    const html = `<ul><li>One</li><li><p>Two</p></li></ul>
      <table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p><p>2</p></td><td>3</td></tr></table>after`;
    expect(textOf(html)).toBe('- One\n- Two\n\nA | B\n1 2 | 3\n\nafter');
  });

  it('keep the lines of code', () => {
    expect(textOf('<p>a</p><pre>if x:\n    y\n\nz</pre><p>b</p>')).toBe('a\n\nif x:\n    y\n\nz\n\nb');
  });

  it('have the first heading as title where they have no other', () => {
    expect(readHtml('<h2>First</h2><h1>Second</h1>').title).toBe('First');
  });

  it('may be nested as deep as they like', () => {
    const depth = 10_000;
    expect(textOf(`${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}`)).toBe('deep');
    expect(textOf(`${'<b>'.repeat(depth)}unclosed`)).toBe('unclosed');
  });

  it('never leave markup in the text, and lose no words', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/u);
    const tag = fc.constantFrom('p', 'div', 'span', 'td', 'li', 'h2', 'b', 'section', 'pre');
    const html = fc.array(fc.tuple(tag, word), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(html, (elements) => {
        const text = textOf(elements.map(([name, content]) => `<${name}>${content}`).join(' '));
        expect(text).not.toContain('<');
        const words = text.split(/[^a-z]+/u).filter(Boolean);
        expect(words).toEqual(elements.map(([, content]) => content));
      }),
    );
  });
});
