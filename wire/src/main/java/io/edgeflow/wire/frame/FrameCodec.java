package io.edgeflow.wire.frame;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Frames to bytes and back (L1). Every field comes back bit by bit, but for the {@code m2} of
 * windows, which travels with 24 significant bits (see {@link Significant}). Safe for use by any
 * number of threads.
 */
public final class FrameCodec {
  /** The most a frame may have on the wire. */
  public static final int MAX_FRAME_BYTES = 1024 * 1024;

  /** The most its content may have once unpacked. */
  public static final int MAX_CONTENT_BYTES = 16 * 1024 * 1024;

  /** Where whoever cuts frames should end one. */
  public static final int TARGET_FRAME_BYTES = 64 * 1024;

  /** Versions of the format that this program writes and reads. */
  public static final List<Integer> VERSIONS = List.of(FrameLayout.VERSION);

  /** Beyond this, frames of this size gain nothing and take longer. */
  private static final int LEVEL = 6;

  private FrameCodec() {}

  /**
   * Equal frames give equal bytes, with one version of zstd.
   *
   * @throws IllegalArgumentException if the frame breaks {@link FrameRules} or is too large:
   *     whoever cuts frames must cut before numbering (L1)
   */
  public static byte[] encode(Frame frame) {
    FrameRules.fault(frame)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(frame.id() + ": " + fault);
            });
    byte[] content = Content.write(frame);
    byte[] packed = Zstd.compress(content, LEVEL);
    byte[] bytes = FrameLayout.write(frame, Identity.of(frame), content.length, packed);
    if (content.length > MAX_CONTENT_BYTES || bytes.length > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "%s: %d bytes, %d unpacked".formatted(frame.id(), bytes.length, content.length));
    }
    return bytes;
  }

  public static Decoded decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** Takes any bytes whatever: throws nothing, and allocates within {@link FrameLimits}. */
  public static Decoded decode(byte[] bytes, int offset, int length) {
    Optional<Decoded.Refused> fault = FrameLayout.fault(bytes, offset, length);
    if (fault.isPresent()) {
      return fault.get();
    }
    try {
      FrameHeader header = FrameLayout.header(bytes, offset, length);
      if (header.contentBytes() < 0 || header.contentBytes() > MAX_CONTENT_BYTES) {
        return new Decoded.Refused(Refusal.TOO_LARGE, "the content is too large");
      }
      return checked(Content.read(unpack(bytes, offset, length, header), header), header);
    } catch (ContentFault | IllegalArgumentException e) {
      return new Decoded.Refused(Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What a frame says in clear, without unpacking it; empty if it is damaged, of another version or
   * no frame at all. Whether its content keeps the rules, only {@link #decode} says.
   */
  public static Optional<FrameHeader> header(byte[] bytes) {
    if (FrameLayout.fault(bytes, 0, bytes.length).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(FrameLayout.header(bytes, 0, bytes.length));
    } catch (ContentFault | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Decoded checked(Frame frame, FrameHeader header) {
    Optional<String> fault = FrameRules.fault(frame);
    if (fault.isPresent()) {
      return new Decoded.Refused(Refusal.MALFORMED, fault.get());
    }
    return Identity.of(frame) == header.identity()
        ? new Decoded.Accepted(frame, header.identity())
        : new Decoded.Refused(Refusal.MALFORMED, "the identity does not match the content");
  }

  /** Never more than the declared length, which was checked, and exactly that. */
  private static byte[] unpack(byte[] bytes, int offset, int length, FrameHeader header)
      throws ContentFault {
    int start = offset + FrameLayout.headerBytes(header.edge());
    byte[] packed = Arrays.copyOfRange(bytes, start, offset + length - FrameLayout.CHECKSUM_BYTES);
    if (Zstd.getFrameContentSize(packed) != header.contentBytes()) {
      throw new ContentFault("the content has another length than declared");
    }
    byte[] content = new byte[header.contentBytes()];
    try {
      if (Zstd.decompress(content, packed) != content.length) {
        throw new ContentFault("the content has another length than declared");
      }
    } catch (ZstdException e) {
      throw new ContentFault("the content cannot be unpacked");
    }
    return content;
  }
}
