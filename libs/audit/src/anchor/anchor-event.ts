/** How a checkpoint is kept elsewhere: as a file of write-once storage, at an HTTPS endpoint, or by a C2SP witness. */
export type AnchorKind = 'directory' | 'https' | 'witness';

/** Which anchor. */
export interface AnchorId {
  /** Unique among the anchors of a log; holds no secret. */
  readonly name: string;
  readonly kind: AnchorKind;
}

/** A checkpoint was handed to an anchor: up to that size nobody can rewrite the log unnoticed. */
export interface LogAnchored {
  readonly type: 'log.anchored';
  readonly anchor: AnchorId;
  readonly size: number;
}

/** An anchor began to fail. Told once, until it succeeds again. */
export interface LogAnchorFailed {
  readonly type: 'log.anchor_failed';
  readonly anchor: AnchorId;
  /** Stable code. */
  readonly reason: string;
}
