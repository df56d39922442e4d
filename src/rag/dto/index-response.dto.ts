import { ApiProperty } from '@nestjs/swagger';
import { UsageDto } from '../../common/http/usage.dto.js';

export class IndexResultDto {
  @ApiProperty({ description: 'The collection.', example: 'default' })
  collection!: string;

  @ApiProperty({
    description: 'Documents that were new or changed, and now stored.',
    type: 'integer',
    example: 2,
  })
  indexed!: number;

  @ApiProperty({
    description: 'Documents that were there already, just like this; they cost nothing.',
    type: 'integer',
    example: 0,
  })
  unchanged!: number;

  @ApiProperty({
    description: 'Chunks that the indexed documents were cut into.',
    type: 'integer',
    example: 2,
  })
  chunks!: number;

  @ApiProperty({
    description: 'Ids, in the order of the documents.',
    type: [String],
    example: ['handbook-7', 'handbook-8'],
  })
  document_ids!: string[];

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;
}
