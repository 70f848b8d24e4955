// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/prototypes/said_of_prototypes.h"

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr const char* activationName = "prototype_activation_function";

SimilarityKind similarityNamed(const std::string& name)
{
    for (const SimilarityKind kind : {SimilarityKind::Log, SimilarityKind::Linear})
        if (name == toString(kind))
            return kind;
    throw Error(ErrorCode::Unsupported, activationName,
                "expected log or linear, got " + name + ", whose meaning is known to its author alone");
}

/// Which class each prototype is of, by a table of ones and zeros [P, C].
std::vector<int> ownersIn(const TensorSource& source, const TensorInfo& table, int prototypes, int classes)
{
    if (table.shape != std::vector<std::int64_t>{prototypes, classes})
        throw Error(ErrorCode::Mismatch, table.name,
                    "expected " + std::to_string(prototypes) + " prototypes of " + std::to_string(classes) +
                        " classes, got " + shapeText(table.shape));
    constexpr std::int64_t most = std::int64_t{1} << 26;
    if (table.count() > most)
        throw Error(ErrorCode::TooLarge, table.name,
                    "expected at most " + std::to_string(most) + " values, got " + std::to_string(table.count()));
    std::vector<float> values(static_cast<std::size_t>(table.count()));
    source.read(table, values);
    std::vector<int> owners;
    for (int prototype = 0; prototype < prototypes; ++prototype) {
        owners.push_back(-1);
        for (int c = 0; c < classes; ++c) {
            if (values[static_cast<std::size_t>(prototype) * static_cast<std::size_t>(classes) +
                       static_cast<std::size_t>(c)] == 0.0F)
                continue;
            if (owners.back() >= 0)
                throw Error(ErrorCode::Unsupported, table.name,
                            "expected each prototype in one class, got prototype " + std::to_string(prototype) +
                                " in several");
            owners.back() = c;
        }
    }
    return owners;
}

} // namespace

SaidOfPrototypes::SaidOfPrototypes(const TensorSource& source, const ModuleFactsReading& facts,
                                   const DeclaredArgs& args)
    : m_source(source),
      m_facts(facts),
      m_args(args)
{
}

SimilarityKind SaidOfPrototypes::similarity(std::vector<std::string>& assumed) const
{
    if (const std::optional<std::string> function = m_facts.object(activationName))
        similarityNamed("the function " + *function); // it is data here and cannot be asked
    if (const std::optional<std::string> name = m_facts.text(activationName))
        return similarityNamed(*name);
    if (m_args.similarity)
        return similarityNamed(*m_args.similarity);
    assumed.emplace_back(activationName);
    return SimilarityKind::Log;
}

double SaidOfPrototypes::epsilon() const
{
    constexpr double usual = 1e-4;
    const double epsilon = m_facts.number("epsilon").value_or(usual);
    if (!(epsilon > 0) || !(epsilon < 1))
        throw Error(ErrorCode::Mismatch, "epsilon",
                    "expected a number between 0 and 1, got " + std::to_string(epsilon));
    return epsilon;
}

std::optional<int> SaidOfPrototypes::imageSize(std::vector<std::string>& assumed) const
{
    constexpr double most = 4096;
    std::optional<double> own = m_facts.number("img_size");
    if (!own && m_args.prototypeImageSize)
        own = *m_args.prototypeImageSize;
    if (!own) {
        assumed.emplace_back("img_size");
        return std::nullopt;
    }
    if (!(*own >= 1) || *own > most)
        throw Error(ErrorCode::Mismatch, "img_size",
                    "expected 1 to " + std::to_string(static_cast<int>(most)) + " pixels, got " + std::to_string(*own));
    return static_cast<int>(*own);
}

std::vector<int> SaidOfPrototypes::owners(const std::string& table, int prototypes, int classes,
                                          std::vector<std::string>& assumed) const
{
    if (const TensorInfo* tensor = m_source.find("." + table))
        return ownersIn(m_source, *tensor, prototypes, classes);
    if (prototypes % classes != 0)
        throw Error(ErrorCode::Mismatch, table,
                    "expected as many prototypes for each of " + std::to_string(classes) + " classes, got " +
                        std::to_string(prototypes) +
                        " together: it was pruned, and its state dict does not "
                        "tell which were left",
                    "Open the whole model that the training program saved (its torch.save(model) has " + table + ")");
    const int each = prototypes / classes;
    if (m_args.prototypesPerClass.value_or(each) != each)
        throw Error(ErrorCode::Mismatch, "prototypes_per_class",
                    "expected " + std::to_string(each) + ", as the file has " + std::to_string(prototypes) +
                        " prototypes of " + std::to_string(classes) + " classes, got " +
                        std::to_string(*m_args.prototypesPerClass));
    std::vector<int> owners;
    for (int prototype = 0; prototype < prototypes; ++prototype)
        owners.push_back(prototype / each);
    if (!m_args.prototypesPerClass)
        assumed.push_back(table);
    return owners;
}

} // namespace ocellus
