package io.edgeflow.cloud.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.cloud.query.Overload;
import io.edgeflow.cloud.query.Parameters;
import io.edgeflow.cloud.store.FrameDepot;
import io.edgeflow.cloud.store.FrameDepot.Verdict;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.wire.frame.EdgeName;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /api/v1/import?edge=}: frames of history, each behind its length in four bytes, most
 * significant first. One request is one transaction; the ledger tells what is here already.
 */
final class ImportHandler implements Handler {
  private static final int MOST_FRAMES = 256;

  private final FrameDepot depot;

  /** One works, one waits; a third would hold a worker of the web server for nothing. */
  private final Semaphore permits = new Semaphore(2);

  ImportHandler(FrameDepot depot) {
    this.depot = depot;
  }

  /**
   * @param readings in the frames that are committed now
   * @param known frames that were settled before: nothing was done
   * @param refused with reasons; also where other content has the number
   */
  record Done(
      int committed,
      long readings,
      int known,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refused> refused) {}

  record Refused(String lane, long number, long readings, String reason) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    String edge = new Parameters(request, "edge").text("edge").orElse("");
    if (!EdgeName.isValid(edge)) {
      throw HttpRefusal.badRequest("edge is missing, or no name of an edge: such as edge=pi-7");
    }
    List<byte[]> frames = frames(request.body());
    if (!permits.tryAcquire()) {
      throw new Overload("others bring in history");
    }
    try {
      return Answer.json(done(depot.store(edge, frames)));
    } catch (FrameDepot.Unfit unfit) {
      throw new HttpRefusal(409, "unfit", String.valueOf(unfit.getMessage()));
    } catch (SQLException failed) {
      throw weather(failed);
    } finally {
      permits.release();
    }
  }

  private static SQLException weather(SQLException failed) throws Overload {
    if (failed instanceof SQLTransientException
        || String.valueOf(failed.getSQLState()).matches("(08|40|53|57).*")) {
      throw new Overload("the database is not available");
    }
    return failed;
  }

  private static List<byte[]> frames(byte[] body) {
    List<byte[]> frames = new ArrayList<>();
    ByteBuffer left = ByteBuffer.wrap(body);
    while (left.remaining() >= Integer.BYTES) {
      int length = left.getInt();
      if (length < 1 || length > left.remaining()) {
        throw HttpRefusal.badRequest("the body must be frames, each behind its length");
      }
      byte[] frame = new byte[length];
      left.get(frame);
      frames.add(frame);
    }
    if (left.hasRemaining() || frames.isEmpty() || frames.size() > MOST_FRAMES) {
      throw HttpRefusal.badRequest(
          "the body must be 1 to %d frames, each behind its length".formatted(MOST_FRAMES));
    }
    return frames;
  }

  private static Done done(List<Verdict> verdicts) {
    int committed = 0;
    int known = 0;
    long readings = 0;
    List<Refused> refused = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      switch (verdict.outcome()) {
        case COMMITTED -> {
          committed++;
          readings += verdict.readings();
        }
        case KNOWN -> known++;
        case REFUSED -> refused.add(refused(verdict, verdict.reason()));
        case CONFLICT -> refused.add(refused(verdict, "other content came in under this number"));
      }
    }
    return new Done(committed, readings, known, refused);
  }

  private static Refused refused(Verdict verdict, String reason) {
    return new Refused(
        verdict.id().lane().word(), verdict.id().number(), verdict.readings(), reason);
  }
}
