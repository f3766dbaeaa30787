import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { NoteSigner } from '#tlog';
import { AuditLogError } from './audit-error.ts';

const maxNameLength = 200;

/** The Ed25519 key of one log. Its name is the log's origin, such as `broker.example/audit/contoso`. */
export class LogKey {
  private constructor(readonly signer: NoteSigner) {}

  /** Key from an unencrypted PKCS#8 PEM; `log_key_invalid` for anything else. */
  static parse(name: string, pem: string): LogKey {
    return LogKey.of(name, readPem(pem));
  }

  /** Key from a key object; `log_key_invalid` unless it is a private Ed25519 key and the name fits a checkpoint. */
  static of(name: string, privateKey: KeyObject): LogKey {
    if (name.length > maxNameLength) {
      throw new AuditLogError('log_key_invalid', `The log origin is longer than ${maxNameLength} characters`);
    }
    try {
      return new LogKey(new NoteSigner(name, privateKey));
    } catch (cause) {
      throw new AuditLogError('log_key_invalid', 'The log key must be Ed25519, its origin without spaces and "+"', {
        cause,
      });
    }
  }

  /** A new private key as PKCS#8 PEM. */
  static generatePem(): string {
    return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  get name(): string {
    return this.signer.verifier.name;
  }

  /** The public key as the one line that a verifier of the log is given. */
  get vkey(): string {
    return this.signer.verifier.vkey;
  }
}

function readPem(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new AuditLogError('log_key_invalid', 'The log key cannot be read', { cause });
  }
}
