package io.edgeflow.gateway.deploy;

import java.io.IOException;

/** Keeps an agent's state over restarts. One thread. */
interface Journal {
  /** What was written last; {@link AgentState#EMPTY} if nothing was, or it is damaged. */
  AgentState read();

  /** On the disk when it returns, as a whole. If it throws, it may be or not. */
  void write(AgentState state) throws IOException;
}
