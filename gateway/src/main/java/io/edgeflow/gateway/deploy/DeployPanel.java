package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.wire.document.Deployment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The rollouts of a gateway, for whoever shows them and speaks for the people there. Any thread.
 */
public interface DeployPanel {
  /** Where none are taken. */
  DeployPanel NONE =
      new DeployPanel() {
        private static final String WHY =
            "this gateway takes no rollouts: its configuration names no deploy.root";

        @Override
        public Optional<Deployment> deployment() {
          return Optional.empty();
        }

        @Override
        public CompletableFuture<ModelOutcome> pin(String slot, Said by) {
          return CompletableFuture.completedFuture(new ModelOutcome.Refused(WHY));
        }

        @Override
        public CompletableFuture<ModelOutcome> unpin(String slot, Said by) {
          return pin(slot, by);
        }

        @Override
        public CompletableFuture<ModelOutcome> unblock(String digest, Said by) {
          return pin(digest, by);
        }
      };

  /** How far it is; empty where no rollouts are taken. Waits for nothing. */
  Optional<Deployment> deployment();

  /** The slot takes no rollout until it is unpinned. */
  CompletableFuture<ModelOutcome> pin(String slot, Said by);

  CompletableFuture<ModelOutcome> unpin(String slot, Said by);

  /** A digest that was refused may be tried again. */
  CompletableFuture<ModelOutcome> unblock(String digest, Said by);
}
