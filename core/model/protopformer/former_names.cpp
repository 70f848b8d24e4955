// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopformer/former_names.h"

#include <array>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/prototypes/said_of_prototypes.h"
#include "core/model/shape_reading.h"
#include "core/model/vit/vit_names.h"
#include "core/model/vit/vit_tensors.h"

namespace ocellus {

namespace {

constexpr const char* vectors = "prototype_vectors";
constexpr const char* globalVectors = "prototype_vectors_global";
constexpr const char* lastLayer = "last_layer.weight";
constexpr const char* globalLastLayer = "last_layer_global.weight";
constexpr const char* ones = "ones"; // a filter that holds nothing but ones
constexpr std::string_view classBlock = "blocks_token_only.";
const std::string classBlocks = formerVit + std::string(classBlock);

std::string nameOfBlock(const std::string& blocks, int block)
{
    return blocks + std::to_string(block) + ".";
}

/// "attn.q.weight" of a class block is the first third of its "attn.qkv.weight", "attn.k.weight" and "attn.v.weight"
/// are the others: false for any other name.
bool takeThird(const TensorSource& source, const std::string& name, std::vector<MappedTensor>& tensors)
{
    constexpr std::array<std::string_view, 3> thirds{".attn.q.", ".attn.k.", ".attn.v."};
    for (const std::string_view third : thirds) {
        const std::size_t at = name.find(third);
        if (at == std::string::npos)
            continue;
        if (third != thirds.front()) // with the query
            return true;
        std::vector<MappedTensor::Part> parts;
        for (const std::string_view each : thirds) {
            std::string own = name;
            const TensorInfo* tensor = source.find(own.replace(at, third.size(), each));
            if (!tensor || tensor->shape.empty() || tensor->shape != source.find(name)->shape)
                throw Error(ErrorCode::Mismatch, own,
                            "expected query, key and value of one size, got " +
                                (tensor ? shapeText(tensor->shape) : std::string("none")));
            parts.push_back({tensor});
        }
        std::vector<std::int64_t> shape = parts.front().tensor->shape;
        if (parts.front().tensor->count() == 0) // an extent beside a 0 has no bound
            throw Error(ErrorCode::Mismatch, name, "expected weights, got the empty " + shapeText(shape));
        shape[0] *= 3;
        std::string whole = name;
        tensors.emplace_back(whole.replace(at, third.size(), ".attn.qkv."), std::move(shape), std::move(parts));
        return true;
    }
    return false;
}

void addClassBlockTensor(const TensorSource& source, const TensorInfo& tensor, std::vector<MappedTensor>& tensors)
{
    if (takeThird(source, tensor.name, tensors))
        return;
    std::string name = tensor.name;
    if (name.ends_with(".gamma_1") || name.ends_with(".gamma_2"))
        name = name.substr(0, name.size() - 7) + "ls" + name.back() + ".gamma";
    tensors.emplace_back(std::move(name), tensor);
}

/// The Vision Transformer alone: prefix tokens and norms as DeiT or CaiT have them, nothing else.
VitConfig inferTransformerOf(const TensorSource& source, const DeclaredArgs& args, int classBlockCount,
                             std::vector<std::string>& assumed)
{
    VitDeclared declared = args.vit;
    const std::string mixer = formerVit + std::string("blocks.0.attn.proj_l.weight");
    if (classBlockCount > 0) // its heads are mixed, by a square of them
        declared.heads = extentOf(source, mixer, 2, 0);
    InferredVit vit = inferVit(source, declared, false, false, formerVit);
    assumed = std::move(vit.assumed);
    if (vit.config.distillation || vit.config.registers > 0 || vit.config.normBefore)
        throw Error(ErrorCode::Unsupported, formerVit,
                    "expected a plain DeiT or CaiT in front of the prototypes, got one with further tokens or norms");
    if (vit.config.prefixHasPosition == (classBlockCount > 0))
        throw Error(ErrorCode::Mismatch, formerVit + std::string("pos_embed"),
                    classBlockCount > 0 ? "expected positions of patches alone in a CaiT, got one more"
                                        : "expected a position of the class token in a DeiT, got none");
    return vit.config;
}

void inferKept(const ModuleFactsReading& facts, const DeclaredArgs& args, const VitConfig& vit, FormerConfig& config,
               std::vector<std::string>& assumed)
{
    const auto decide = [&assumed](auto& field, const auto& own, const auto& declared, const char* name) {
        if (own || declared)
            field = own ? *own : *declared;
        else
            assumed.emplace_back(name);
    };
    const int layers = config.classBlocks > 0 ? config.classBlocks : vit.depth;
    config.keepLayer = layers - 1;
    decide(config.keepLayer, facts.lastOf("reserve_layers"), args.former.reserveLayer, "reserve_layers");
    decide(config.keep, facts.lastOf("reserve_token_nums"), args.former.reserveTokens, "reserve_token_nums");
    decide(config.globalShare, facts.number("global_coe"), args.former.globalShare, "global_coe");
    if (config.keepLayer < 1 || config.keepLayer >= layers)
        throw Error(ErrorCode::Mismatch, "reserve_layers",
                    "expected a block from 1 to " + std::to_string(layers - 1) + ", got " +
                        std::to_string(config.keepLayer));
    if (config.keep < 1 || config.keep > vit.grid * vit.grid)
        throw Error(ErrorCode::Mismatch, "reserve_token_nums",
                    "expected 1 to " + std::to_string(vit.grid * vit.grid) + " patches, got " +
                        std::to_string(config.keep));
    if (!(config.globalShare >= 0) || config.globalShare > 1)
        throw Error(ErrorCode::Mismatch, "global_coe",
                    "expected a share from 0 to 1, got " + std::to_string(config.globalShare));
}

void requireCells(const TensorSource& source, const char* name)
{
    if (extentOf(source, name, 4, 2) != 1 || extentOf(source, name, 4, 3) != 1)
        throw Error(ErrorCode::Unsupported, name,
                    "expected prototypes of one patch, got " + shapeText(source.find(name)->shape));
}

} // namespace

std::optional<FormerNames> formerNames(const TensorSource& source)
{
    if (!source.find(globalVectors))
        return std::nullopt;
    std::optional<VitNames> vit = vitNames(source, formerVit);
    if (!vit)
        throw Error(
            ErrorCode::Unsupported, "checkpoint",
            "this is a ProtoPFormer, with prototypes of the whole picture, on another network than DeiT or CaiT",
            "Open one that has " + std::string(formerVit) + "patch_embed.proj.weight");
    FormerNames names;
    for (MappedTensor& tensor : vit->tensors) {
        const std::string& name = tensor.info.name;
        if (name.starts_with(classBlock)) // as the file has them, below
            continue;
        if (name.starts_with("head.") || name.starts_with("head_dist.")) {
            names.unused.push_back(formerVit + name);
            continue;
        }
        tensor.info.name = formerVit + name;
        names.tensors.push_back(std::move(tensor));
    }
    for (const TensorInfo& tensor : source.tensors()) {
        if (tensor.name.starts_with(classBlocks))
            addClassBlockTensor(source, tensor, names.tensors);
        else if (!tensor.name.starts_with(formerVit) && tensor.name != ones)
            names.tensors.emplace_back(tensor.name, tensor);
    }
    names.unused.insert(names.unused.end(), vit->unused.begin(), vit->unused.end());
    return names;
}

InferredConfig inferFormer(const TensorSource& source, const DeclaredArgs& args)
{
    const ModuleFactsReading facts(args.object);
    const SaidOfPrototypes said(source, facts, args);
    InferredConfig result;
    result.config.head = HeadKind::Former;
    result.config.queries = extentOf(source, lastLayer, 2, 0);
    FormerConfig former;
    former.classBlocks = countNumbered(source, classBlocks);
    result.config.vit = inferTransformerOf(source, args, former.classBlocks, result.assumed);
    former.addOn = addOnChannels(source, formerAddOn);
    for (const char* name : {vectors, globalVectors})
        requireCells(source, name);
    former.similarity = said.similarity(result.assumed);
    former.epsilon = said.epsilon();
    former.classOf =
        said.owners("prototype_class_identity", extentOf(source, vectors, 4, 0), result.config.queries, result.assumed);
    former.globalClassOf = said.owners("prototype_class_identity_global", extentOf(source, globalVectors, 4, 0),
                                       result.config.queries, result.assumed);
    inferKept(facts, args, *result.config.vit, former, result.assumed);
    result.config.former = std::move(former);
    validate(result.config);
    return result;
}

std::vector<TensorInfo> formerTensors(const ModelConfig& config)
{
    const VitConfig& vit = *config.vit;
    const FormerConfig& former = *config.former;
    TensorList list;
    for (const TensorInfo& tensor : vitTensors(vit, formerVit))
        list.add(tensor.name, tensor.shape);
    for (int block = 0; block < (former.classBlocks > 0 ? vit.depth : 0); ++block)
        for (const char* mixer : {"attn.proj_l", "attn.proj_w"})
            list.addPair(nameOfBlock(formerVit + std::string("blocks."), block) + mixer, {vit.heads, vit.heads});
    for (int block = 0; block < former.classBlocks; ++block)
        addVitBlock(list, nameOfBlock(classBlocks, block), vit);
    addAddOnTensors(list, formerAddOn, vit.width, former.addOn, true);
    list.add(vectors, {former.prototypes(), former.channels(), 1, 1});
    list.add(globalVectors, {former.globalPrototypes(), former.channels(), 1, 1});
    list.add(lastLayer, {config.queries, former.prototypes()});
    list.add(globalLastLayer, {config.queries, former.globalPrototypes()});
    return list.sorted();
}

} // namespace ocellus
