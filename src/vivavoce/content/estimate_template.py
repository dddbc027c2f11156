"""A new estimate whose numbers are drawn: it can be asked at once, with `TODO` where its author's words belong."""

from __future__ import annotations

from vivavoce.domain.question import Level

ESTIMATE = f"""\
# yaml-language-server: $schema=../../../schema/estimate.json
kind: estimate
level: basic # {", ".join(Level)}
minutes: 2
status: draft # remove this line when the question is done
prompt: >
  TODO: the question as an interviewer would say it, with a mark for each number: a layer maps [[n]] inputs to [[m]]
  outputs, with biases; how many parameters has it?
why: >
  TODO: why it is asked, and what separates a weak from a strong answer
numbers: # drawn anew for each attempt; short names read best where nothing is drawn yet
  n: [64, 128, 256]
  m: [10, 32, 100]
# only_when: abs(n - m) # leaves out combinations for which this is not above 0
steps: # in order; the last is the result
  weights:
    says: "TODO: what it is and how one gets it: [[n]] · [[m]]"
    value: n*m
    unit: weights
    points: 1
    within: 0
  result:
    says: "TODO: with a bias for each output: [[weights.number]] + [[m]]"
    value: weights + m
    unit: parameters
    points: 2
    within: 0.0005 # relative distance that still counts; smaller than the distance to every slip
slips: # numbers that people get instead
  no-bias:
    value: weights
    says: "TODO: what was done, in one sentence"
    instead: "TODO: what is right instead: there are [[m]] biases"
model_answer: >
  TODO: what a strong candidate says aloud, 110 to 270 words, every step in it: [[weights]], so the answer is [[result]]
short_answer: >
  TODO: the same in one paragraph of 30 to 100 words: [[result]]
follow_ups:
  - when: weights
    ask: "TODO: ask for the number of this step"
    answer: "TODO: how one gets it: [[n]] · [[m]] = [[weights]]"
  - when: result
    ask: "TODO: ask for the result in another way"
    answer: "TODO: how one gets it: [[result]]"
  - when: all-met
    ask: "TODO: a question that goes deeper, to be answered in words"
    answer: "TODO: what you want to hear, in one or two sentences"
    criterion: "TODO: the statement that the deeper answer is graded by"
    paraphrases:
      - "TODO: the deeper statement, terse"
      - "TODO: the deeper statement as somebody says it"
      - "TODO: the deeper statement in other vocabulary"
likelihood: {{}} # chance of being asked, 0 to 1, for each role
sources: [] # keys of the sources in concept.md
"""
