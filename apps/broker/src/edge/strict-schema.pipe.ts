import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidInput } from '#kernel';

/**
 * Validates every body, query and path parameter by the schema that its handler declares. One without a schema is
 * refused: Nest would let it through unchecked.
 */
@Injectable()
export class StrictSchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new InvalidInput('field_invalid', describe(issues), 'parameters') });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.type !== 'custom' && metadata.schema === undefined) {
      throw new TypeError(`a handler parameter (${metadata.type}) declares no schema`);
    }
    return super.transform<T>(value, metadata);
  }
}

type Issues = readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[];

/** zod's messages name the rule and the type, not the value. */
function describe(issues: Issues): string {
  return issues
    .map(({ message, path = [] }) => [path.map(String).join('.'), message].filter(Boolean).join(': '))
    .join('; ');
}
