package io.edgeflow.gateway.clock;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Asks the Linux kernel, by {@code adjtimex(2)} without changing anything, whether its clock is
 * synchronised. Anywhere else, and where the call is not allowed, the answer is {@link
 * OsSync#UNKNOWN}. Any thread may ask.
 */
public final class OsClock {
  /** The kernel's {@code struct timex} where long has 64 bits: 208 bytes, status at 40. */
  private static final long TIMEX_BYTES = 208;

  private static final long STATUS_OFFSET = 40;
  private static final int STA_UNSYNC = 0x0040;

  private final Optional<MethodHandle> adjtimex;

  public OsClock() {
    adjtimex = find();
  }

  public OsSync synchronised() {
    return adjtimex.map(OsClock::ask).orElse(OsSync.UNKNOWN);
  }

  private static OsSync ask(MethodHandle adjtimex) {
    try (Arena arena = Arena.ofConfined()) {
      // All zero: modes = 0 only reads.
      MemorySegment timex = arena.allocate(TIMEX_BYTES, Long.BYTES);
      int state = (int) adjtimex.invokeExact(timex);
      return state < 0 ? OsSync.UNKNOWN : ofStatus(timex.get(ValueLayout.JAVA_INT, STATUS_OFFSET));
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      return OsSync.UNKNOWN;
    }
  }

  static OsSync ofStatus(int status) {
    return (status & STA_UNSYNC) == 0 ? OsSync.YES : OsSync.NO;
  }

  // Restricted: the launcher allows native access. A wrong signature could crash the process.
  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> find() {
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    if (!linux || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor signature =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
      return linker
          .defaultLookup()
          .find("adjtimex")
          .map(address -> linker.downcallHandle(address, signature));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      // No linker for this machine, or native access denied.
      return Optional.empty();
    }
  }
}
