import { IntegerParameter, TextField } from '../../common/validation/field.decorators.js';

export const DEFAULT_COLLECTION = 'default';

const COLLECTION_NAME = {
  // "." and ".." have another meaning in the path of a URL, and could never be asked for.
  expression: /^(?!\.\.?$)[\w.-]{1,128}$/u,
  message: 'must have 1 to 128 of the characters A-Z, a-z, 0-9, "_", "." and "-", and not be "." or ".."',
};

const PRINTABLE = {
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  expression: /^(?!\.\.?$)[^\u0000-\u001f\u007f]+$/u,
  message: 'must not contain control characters, nor be "." or ".."',
};

export function CollectionNameField(options: { readonly optional: boolean }): PropertyDecorator {
  return TextField({
    description: 'Name of the collection: 1 to 128 of `A-Z a-z 0-9 _ . -`.',
    maxLength: 128,
    pattern: COLLECTION_NAME,
    example: DEFAULT_COLLECTION,
    ...(options.optional && { default: DEFAULT_COLLECTION }),
  });
}

export function DocumentIdField(options: { readonly optional: boolean; readonly description: string }) {
  return TextField({ ...options, maxLength: 256, pattern: PRINTABLE, example: 'handbook-7' });
}

export class PageDto {
  @IntegerParameter({ description: 'Most items to return.', min: 1, max: 1000, default: 100 })
  limit = 100;

  @IntegerParameter({ description: 'Items to skip.', min: 0, max: 1_000_000_000, default: 0 })
  offset = 0;
}

export class CollectionNameDto {
  @CollectionNameField({ optional: false })
  name!: string;
}

export class DocumentPathDto extends CollectionNameDto {
  @DocumentIdField({ optional: false, description: 'Id of the document.' })
  id!: string;
}
