/**
 * The algebra of rotations: {@linkplain org.isotrope.kernels.tensor.Irreps types} that say how values transform,
 * {@linkplain org.isotrope.kernels.tensor.SphericalHarmonics harmonics},
 * {@linkplain org.isotrope.kernels.tensor.WignerD matrices} that rotate them and
 * {@linkplain org.isotrope.kernels.tensor.ClebschGordan tensors} that multiply them, in 3D and 2D, and the
 * {@linkplain org.isotrope.kernels.tensor.TensorTypes types of fields} made of these.
 *
 * <p>Conventions in 3D are those of e3nn: real harmonics with polar axis y, index {@code m = −l … l}, no
 * Condon–Shortley sign, {@code Y₁ = (x, y, z)}, {@code D¹(R) = R} and {@code Y_l(R x) = D^l(R) Y_l(x)}. In 2D angular
 * order {@code m ≥ 1} is the pair {@code (Re, Im)} of {@code (x + iy)^m}.
 */
@NullMarked
package org.isotrope.kernels.tensor;

import org.jspecify.annotations.NullMarked;
