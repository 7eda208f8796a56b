@NullMarked
package io.edgeflow.gateway.doctor;

import org.jspecify.annotations.NullMarked;
