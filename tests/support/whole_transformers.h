// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/released_transformers.h"
#include "tests/support/transformer_formula.h"
#include "tests/support/whole_model.h"

namespace ocellus::test {

/// A list of one whole number.
inline ModulePickle::Value listOf(std::int64_t number)
{
    return [number](PickleWriter& pickle) { pickle.raw("](").integer(number).raw("e"); };
}

/// smallFormer() as a whole pickled object.
inline WholeModel wholeFormer(bool isCait)
{
    const ModelConfig config = smallFormer(isCait);
    WholeModel model(TransformerFormula(releasedFormer(config)), "PPNet");
    model.attribute("", "reserve_layers", listOf(config.former->keepLayer));
    model.attribute("", "reserve_token_nums", listOf(config.former->keep));
    model.attribute("", "prototype_activation_function", [](PickleWriter& pickle) { pickle.text("log"); });
    model.attribute("", "img_size", [](PickleWriter& pickle) { pickle.integer(16); });
    return model;
}

/// smallConcepts() as a whole pickled object.
inline WholeModel wholeConcepts()
{
    return WholeModel(TransformerFormula(releasedConcepts(smallConcepts())), "CVIT");
}

} // namespace ocellus::test
