package org.isotrope.autodiff;

/**
 * One step {@code y = f(x)} of a tape, with its derivatives. Dots are tangents, bars gradients: the derivative of the
 * result along the direction that the tangents of the inputs give, and the derivative of the loss.
 */
sealed interface Node
        permits ArrayCombinationNode, ArrayProductNode, BilinearNode, CombinationNode, ConvolutionNode, DepositionNode,
                DotNode, FieldFunctionNode, FunctionNode, InterpolationNode, OperatorNode, ParametricSolveNode,
                PointwiseNode, ProductNode, QuotientNode, ReplaceNode, SolveNode, SpectralNode, SumNode, TraceNode {
    /** Computes the value of the result from those of the arguments. */
    void forward();

    /** Adds to the gradients of the arguments what that of the result contributes, {@code x̄ += (∂f/∂x)ᵀ ȳ}. */
    void backward();

    /** Overwrites the tangent of the result, {@code ẏ = (∂f/∂x) ẋ}. */
    void tangent();

    /**
     * Adds to the tangents of the gradients of the arguments what differentiating {@link #backward} along the tangents
     * gives, {@code x̄̇ += (∂f/∂x)ᵀ ȳ̇ + (ẋ · ∂²f/∂x²)ᵀ ȳ}.
     */
    void backwardTangent();
}
