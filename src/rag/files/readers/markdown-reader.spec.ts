import { readMarkdown } from './markdown-reader.js';

describe('Markdown', () => {
  it('is kept as it is, and known by its headings', () => {
    const text = [
      '---',
      '# settings',
      '---',
      'Before.',
      '# Title ##',
      '',
      '```sh',
      '# no heading',
      '```',
      '',
      'Second',
      '------',
      'Text.',
      '',
      '### Third #1',
      'More.',
      '# Next',
      '#hashtag',
    ].join('\n');
    expect(readMarkdown(text)).toEqual({
      format: 'markdown',
      title: 'Title',
      pages: null,
      sections: [
        { headings: [], text: '---\n# settings\n---\nBefore.' },
        { headings: ['Title'], text: '# Title ##\n\n```sh\n# no heading\n```' },
        { headings: ['Title', 'Second'], text: 'Second\n------\n\nText.' },
        { headings: ['Title', 'Second', 'Third #1'], text: '### Third #1\n\nMore.' },
        { headings: ['Next'], text: '# Next\n\n#hashtag' },
      ],
    });
  });

  it('may have no heading, no end of a fence, and no end of its settings', () => {
    expect(readMarkdown('Just text.').title).toBeNull();
    expect(readMarkdown('~~~\n# a\n```\n# b').sections).toHaveLength(1);
    expect(readMarkdown('---\n# a').title).toBe('a');
  });
});
