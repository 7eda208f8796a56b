package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Range;
import io.edgeflow.wire.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A gateway as the hub of a site: edges behind it reach the cloud through it. {@code
 * docs/rollouts.md} explains it.
 *
 * @param enabled whether this gateway is one
 * @param members patterns of the names of edges that may be behind it; empty: of any name
 * @param mostMembers clients that are relayed at the same time
 * @param queue of each member what waits for the way up; what finds no room is dropped, and the
 *     member sends it again
 * @param cloudAway how long the cloud must be away until a mandate is made use of
 * @param cache bundles that are kept for the members
 * @param behind the hub that this gateway itself is behind; told to the cloud
 */
public record HubConfig(
    @Default("false") boolean enabled,
    List<Glob> members,
    @Default("100") @Range(min = "1", max = "1000") int mostMembers,
    @Default("4MiB") @Range(min = "256KiB", max = "1GiB") ByteSize queue,
    @Default("2m") @Range(min = "1s", max = "24h") Duration cloudAway,
    @Default("4GiB") @Range(min = "1MiB") ByteSize cache,
    Optional<String> behind) {
  public HubConfig {
    members = List.copyOf(members);
    new Check()
        .that(
            behind.isEmpty() || Topics.isEdgeName(behind.get()),
            "behind",
            "must be the name of an edge")
        .orRefuse();
  }
}
