package io.edgeflow.gateway.deploy;

import io.edgeflow.wire.document.DeployState;

/** Where a slot stands: what is being done, or what came of it. On the disk before it is done. */
enum Step {
  QUEUED(DeployState.QUEUED),
  DOWNLOADING(DeployState.DOWNLOADING),
  VERIFIED(DeployState.VERIFIED),
  /** It is being loaded. */
  PREPARING(DeployState.VERIFIED),
  PREPARED(DeployState.PREPARED),
  SHADOW(DeployState.SHADOW),
  /** It is being brought into service. */
  ACTIVATING(DeployState.PREPARED),
  /** It serves, and is watched. */
  ACTIVE(DeployState.ACTIVE),
  /** It serves, and did well. */
  PROVEN(DeployState.ACTIVE),
  /** It is being taken out of service. */
  RETURNING(DeployState.ACTIVE),
  REJECTED(DeployState.REJECTED),
  FAILED(DeployState.FAILED),
  ROLLED_BACK(DeployState.ROLLED_BACK);

  private final DeployState state;

  Step(DeployState state) {
    this.state = state;
  }

  /** As it is reported. */
  DeployState state() {
    return state;
  }

  /** Nothing more happens until somebody says otherwise. */
  boolean isBadEnd() {
    return state.isEnd();
  }

  /** Nothing more happens until somebody says otherwise. */
  boolean isEnd() {
    return this == PROVEN || isBadEnd();
  }

  /** The model may be in the slot, and has proved nothing yet. */
  boolean mayBeInSlot() {
    return switch (this) {
      case PREPARING, PREPARED, SHADOW, ACTIVATING, ACTIVE, RETURNING -> true;
      case QUEUED, DOWNLOADING, VERIFIED, PROVEN, REJECTED, FAILED, ROLLED_BACK -> false;
    };
  }
}
