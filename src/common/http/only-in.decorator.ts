import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** What a property is marked with until the OpenAPI document is finished. */
export const ONLY_IN = 'x-only-in';

export interface OnlyInMark {
  readonly mediaType: string;
  readonly required: boolean;
}

/**
 * Documents that a field of a request belongs to bodies in one media type, where the endpoint takes several. Goes
 * above the field's own decorator.
 */
export function OnlyIn(
  mediaType: 'application/json' | 'multipart/form-data',
  { required = false }: { readonly required?: boolean } = {},
): PropertyDecorator {
  const mark: OnlyInMark = { mediaType, required };
  return ApiProperty({ [ONLY_IN]: mark, required: false } as ApiPropertyOptions);
}
