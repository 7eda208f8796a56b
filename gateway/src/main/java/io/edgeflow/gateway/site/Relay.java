package io.edgeflow.gateway.site;

import io.edgeflow.gateway.broker.MemberListener;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.wire.topic.Topics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what edges behind this gateway and the cloud say to each other: for each connection of
 * a member one to the broker above, under the member's own name and with its own will, so that the
 * cloud sees every edge as itself. Nothing is changed, kept or answered here: an edge is freed by
 * the database's verdict alone, and sends again what was dropped on the way (L4, L10).
 *
 * <p>Event loops of the broker only hand over; a thread of its own does the rest, and waits for
 * nothing.
 */
public final class Relay implements MemberListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final long END_SECONDS = 3;

  /** For how many names of edges something is counted. */
  private static final int MOST_ACCOUNTS = 2_000;

  private final Membership membership;
  private final RelaySettings settings;
  private final Function<String, MqttLink> links;
  private final MemberUplink.Surroundings surroundings;
  private final RelayThread thread = new RelayThread("site-relay");
  private final RelayCounts counts = new RelayCounts();
  private final Map<String, MemberUplink> uplinks = new HashMap<>();
  private final Map<String, MemberAccount> accounts = new ConcurrentHashMap<>();

  /** Where ends of connections are waited for. */
  private final ExecutorService ends = Executors.newVirtualThreadPerTaskExecutor();

  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private boolean closing;

  /**
   * @param links a way to the broker above for a client of this name
   * @param down to the members
   */
  public Relay(
      Membership membership,
      RelaySettings settings,
      Function<String, MqttLink> links,
      Downward down,
      SiteEar ear,
      RandomGenerator random) {
    this.membership = membership;
    this.settings = settings;
    this.links = links;
    this.surroundings =
        new MemberUplink.Surroundings(
            thread,
            down,
            ear,
            counts,
            this::account,
            Backoff.reconnect(settings.reconnectCap()),
            random);
  }

  @Override
  public boolean admits(Optional<String> speaker, String topic) {
    return membership.admits(speaker, topic);
  }

  @Override
  public Line connected(Client client) {
    return new MemberLine(client);
  }

  public RelayCounts counts() {
    return counts;
  }

  /** Those that were here since the process started, by name. Any thread. */
  public List<MemberStatus> members() {
    return accounts.values().stream()
        .map(MemberAccount::status)
        .sorted(Comparator.comparing(MemberStatus::edge))
        .toList();
  }

  /** One connection here. Its room is the credit of this hop. */
  final class MemberLine implements Line {
    private final Client client;
    private final Room room = new Room(settings.queueBytes());
    private volatile boolean speaks;

    private MemberLine(Client client) {
      this.client = client;
    }

    Client client() {
      return client;
    }

    @Override
    public void said(String topic, byte[] payload, boolean retained) {
      Topics.parse(topic)
          .filter(parsed -> membership.has(parsed.edge()))
          .ifPresent(parsed -> said(Upward.of(parsed, topic, payload, retained, room)));
    }

    private void said(Upward message) {
      if (message.enter()) {
        speaks = true;
        thread.execute(() -> pass(this, message));
        return;
      }
      if (message.isFrame()) {
        counts.noRoom.increment();
        MemberAccount known = accounts.get(message.edge());
        if (known != null) {
          known.dropped();
        }
      } else {
        // A hello or a report that is lost is not said again; all of it is, when it connects again.
        client.close();
      }
    }

    @Override
    public void ended() {
      if (speaks) {
        thread.execute(() -> end(this));
      }
    }
  }

  private void pass(MemberLine line, Upward message) {
    String client = line.client().id();
    if (!Membership.names(message.edge(), client)) {
      refuse(message, "client " + client + " is not called as that edge is");
      return;
    }
    MemberUplink uplink = uplinks.get(client);
    if (uplink == null) {
      if (closing || uplinks.size() >= settings.mostClients()) {
        refuse(message, "there are " + settings.mostClients() + " clients already");
        return;
      }
      uplink = new MemberUplink(links.apply(client), surroundings, ended -> forget(client, ended));
      uplinks.put(client, uplink);
    }
    uplink.said(line, message);
  }

  private void refuse(Upward message, String why) {
    message.leave();
    counts.refused.increment();
    log.debug("not passed on: {} edge={}", why, message.edge());
  }

  private void end(MemberLine line) {
    MemberUplink uplink = uplinks.get(line.client().id());
    if (uplink != null) {
      uplink.ended(line);
    }
  }

  private void forget(String client, MqttLink link) {
    uplinks.remove(client);
    ends.execute(link::close);
    if (closing && uplinks.isEmpty()) {
      idle.complete(null);
    }
  }

  private MemberAccount account(String edge) {
    MemberAccount known = accounts.get(edge);
    if (known == null) {
      if (accounts.size() >= MOST_ACCOUNTS) {
        accounts.values().removeIf(account -> !account.online());
      }
      known = accounts.computeIfAbsent(edge, MemberAccount::new);
    }
    return known;
  }

  /** Says goodbye for every member that has not. Blocks for seconds at most. */
  @Override
  public void close() {
    thread.execute(
        () -> {
          closing = true;
          List.copyOf(uplinks.values()).forEach(MemberUplink::leave);
          if (uplinks.isEmpty()) {
            idle.complete(null);
          }
        });
    try {
      idle.get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException late) {
      log.warn("Not every member's connection to the cloud ended in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    thread.execute(() -> List.copyOf(uplinks.values()).forEach(MemberUplink::abandon));
    thread.close();
    ends.close();
  }
}
