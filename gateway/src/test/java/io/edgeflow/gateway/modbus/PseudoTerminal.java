package io.edgeflow.gateway.modbus;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** A serial port without a wire: what is written at {@link #path} can be read here, and back. */
final class PseudoTerminal implements AutoCloseable {
  private static final int READ_WRITE_NO_CONTROL = 0x102; // O_RDWR | O_NOCTTY of Linux.
  private static final int NAME_BYTES = 64;
  private static final int CHUNK = 512;

  private static final Linker LINKER = Linker.nativeLinker();

  private final int descriptor;
  private final String path;

  PseudoTerminal() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      descriptor = (int) call("posix_openpt", JAVA_INT, READ_WRITE_NO_CONTROL);
      MemorySegment name = arena.allocate(NAME_BYTES);
      if (descriptor < 0
          || (int) call("grantpt", JAVA_INT, descriptor) != 0
          || (int) call("unlockpt", JAVA_INT, descriptor) != 0
          || (int) call("ptsname_r", JAVA_INT, descriptor, name, (long) NAME_BYTES) != 0) {
        throw new IOException("no pseudo terminal can be had");
      }
      path = name.getString(0);
    }
  }

  /** What a program opens as its serial port. */
  String path() {
    return path;
  }

  /** What was written there; waits for it. Empty when nobody has it open any more. */
  byte[] read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(CHUNK);
      long came = (long) call("read", JAVA_LONG, descriptor, bytes, (long) CHUNK);
      return came <= 0 ? new byte[0] : bytes.asSlice(0, came).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  void write(byte[] data, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
      call("write", JAVA_LONG, descriptor, bytes, (long) count);
    }
  }

  @Override
  public void close() {
    call("close", JAVA_INT, descriptor);
  }

  @SuppressWarnings("restricted") // Tests may call the system.
  private static Object call(String function, ValueLayout result, Object... arguments) {
    MemoryLayout[] layouts =
        Arrays.stream(arguments).map(PseudoTerminal::layout).toArray(MemoryLayout[]::new);
    MethodHandle handle =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow(function), FunctionDescriptor.of(result, layouts));
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new AssertionError(function, impossible);
    }
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Integer _ -> JAVA_INT;
      case Long _ -> JAVA_LONG;
      default -> ADDRESS;
    };
  }
}
