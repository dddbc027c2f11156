"""Keeps the biased variance in the running variance; one modest formula after the other, updated in place."""

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.params = {"gamma": np.array(gamma), "beta": np.array(beta)}
        self.m, self.eps = momentum, eps
        self.running_mean = np.zeros(gamma.shape)
        self.running_var = np.ones(gamma.shape)
        self.mode = "train"

    def train(self):
        self.mode = "train"
        return self

    def eval(self):
        self.mode = "eval"
        return self

    def forward(self, x):
        mu, var = self.running_mean, self.running_var
        if self.mode == "train":
            mu = np.mean(x, axis=0)
            centred = x - mu
            var = np.mean(centred**2, axis=0)
            self.running_mean *= 1 - self.m
            self.running_mean += self.m * mu
            self.running_var *= 1 - self.m
            self.running_var += self.m * var
        return self.params["gamma"] * (x - mu) * (var + self.eps) ** -0.5 + self.params["beta"]
