import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Path, type PolicyProblemCode, quote } from './policy-problem.ts';

/** A place in the text and what is wrong there. */
export interface YamlMistake {
  readonly offset: number;
  readonly path: Path;
  readonly code: PolicyProblemCode;
  readonly message: string;
}

/** Deeper than any policy. */
const maxDepth = 20;
/** How many values aliases may stand for in all. A few hundred bytes of nested aliases can stand for billions. */
const maxAliased = 100_000;

interface Read {
  readonly value: unknown;
  /** Number of values in it, itself included. */
  readonly size: number;
}

const nothing: Read = { value: null, size: 1 };

/** Turns YAML nodes into plain values and notes what a policy file may not contain. */
export class YamlReader {
  readonly mistakes: YamlMistake[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node>();
  readonly #read = new Map<Node, Read>();
  #aliased = 0;

  read(root: unknown): unknown {
    return this.#node(root, []).value;
  }

  /** What an alias stands for. */
  targetOf(alias: Alias): Node | undefined {
    return this.#targets.get(alias);
  }

  #node(node: unknown, path: Path): Read {
    if (!isNode(node)) return nothing;
    if (isAlias(node)) return this.#alias(node, path);
    if (node.tag !== undefined) this.#note(node, path, 'yaml_feature', 'has a YAML tag; tags are not supported');
    if (path.length > maxDepth) {
      this.#note(node, path, 'yaml_feature', 'is nested too deeply');
      return nothing;
    }
    const read = this.#plain(node, path);
    this.#read.set(node, read);
    // Only now, so that a node cannot contain itself.
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    return read;
  }

  #plain(node: Exclude<Node, Alias>, path: Path): Read {
    if (isMap(node)) return this.#map(node, path);
    if (isSeq(node)) return this.#list(node, path);
    return { value: isScalar(node) ? node.value : null, size: 1 };
  }

  #alias(alias: Alias, path: Path): Read {
    const target = this.#anchors.get(alias.source);
    const read = target && this.#read.get(target);
    if (target === undefined || read === undefined) {
      this.#note(alias, path, 'unknown_reference', `there is no anchor ${quote(alias.source)} before this alias`);
      return nothing;
    }
    const before = this.#aliased;
    this.#aliased += read.size;
    if (this.#aliased > maxAliased) {
      if (before <= maxAliased) this.#note(alias, path, 'yaml_feature', 'aliases stand for too much');
      return nothing;
    }
    this.#targets.set(alias, target);
    return read;
  }

  #list(node: YAMLSeq, path: Path): Read {
    const items = node.items.map((item, index) => this.#node(item, [...path, index]));
    return { value: items.map(({ value }) => value), size: sizeOf(items) };
  }

  #map(node: YAMLMap, path: Path): Read {
    // Without a prototype `__proto__` and `constructor` are keys like any other.
    const value = Object.create(null) as Record<string, unknown>;
    const items: Read[] = [];
    for (const { key, value: item } of node.items) {
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string' || !isScalar(key)) {
        this.#note(isNode(key) ? key : node, path, 'yaml_feature', 'has a key that is not plain text');
        continue;
      }
      if (key.tag !== undefined) this.#note(key, path, 'yaml_feature', 'has a key with a YAML tag');
      const below = [...path, name];
      const read = this.#node(item, below);
      if (name === '__proto__') this.#note(key, below, 'unknown_key', 'is not a key that a policy may have');
      else if (Object.hasOwn(value, name)) this.#note(key, below, 'duplicate_key', 'is given twice');
      else value[name] = read.value;
      items.push(read);
    }
    return { value, size: sizeOf(items) };
  }

  #note(node: Node, path: Path, code: PolicyProblemCode, message: string): void {
    this.mistakes.push({ offset: node.range?.[0] ?? 0, path, code, message });
  }
}

function sizeOf(items: readonly Read[]): number {
  return items.reduce((sum, { size }) => sum + size, 1);
}
