def train(epochs):
    return [1.0 for epoch in range(epochs)]
