/** What time it is, who vouches for it, and which time a reading gets (T1, T2). */
@NullMarked
package io.edgeflow.gateway.clock;

import org.jspecify.annotations.NullMarked;
