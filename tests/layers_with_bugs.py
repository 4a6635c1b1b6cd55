"""Layers with the bugs that people really write, for the tests of the gradient checks."""

from gradient_checks import D, H, away_from_kinks

from nnlib import Affine, MatMul, ReLU, Sigmoid, SoftmaxWithLoss, sigmoid_derivative


def affine(kind=Affine, outputs=H):
    return kind(away_from_kinks(D, outputs, seed=3), away_from_kinks(outputs, seed=4))


class WrongSign(Affine):
    def backward(self, dout):
        return -super().backward(dout)


class NoTranspose(MatMul):
    def backward(self, dout):
        super().backward(dout)
        return dout @ self.params[0]  # a square W lets it pass


class TransposedWeights(Affine):
    def backward_to_params(self, dout):
        super().backward_to_params(dout)
        self.grads[0][...] = (self.x.T @ dout).T.reshape(self.grads[0].shape)


class ForgottenDerivative(Sigmoid):
    def backward(self, dout):
        return dout.copy()


class StaleCache(Sigmoid):
    first = None

    def forward(self, x):
        self.first = x.copy() if self.first is None else self.first
        return super().forward(x)

    def backward(self, dout):
        return dout * sigmoid_derivative(self.first[: len(dout)])


class OverwrittenDout(ReLU):
    def backward(self, dout):
        dout[self.x <= 0] = 0
        return dout


class AddedUp(Affine):
    def backward_to_params(self, dout):
        before = [grad.copy() for grad in self.grads]
        super().backward_to_params(dout)
        for grad, old in zip(self.grads, before, strict=True):
            grad += old


class MissingOneOverN(SoftmaxWithLoss):
    def backward(self, dout=1):
        return super().backward(dout) * len(self.scores)
