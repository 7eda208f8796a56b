package io.edgeflow.gateway.deploy;

import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.TrustRefusal;
import java.nio.file.Path;

/** What came of fetching a bundle. */
public sealed interface FetchOutcome {
  /**
   * @param folder as {@link BundleSource#folder} gives it
   * @param signer the publisher's name
   */
  record Fetched(Path folder, Statement statement, String signer) implements FetchOutcome {}

  /** It is there, or part of it, and not to be trusted. Trying again would not help. */
  record Refused(TrustRefusal refusal) implements FetchOutcome {}

  /** It was stopped. */
  record Interrupted() implements FetchOutcome {}

  /** Nobody gives it now; another try may end better. */
  record Unreachable(String why) implements FetchOutcome {}
}
