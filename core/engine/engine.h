// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/blurred_heads.h"
#include "core/engine/decoding.h"
#include "core/engine/encoding.h"
#include "core/engine/model_settings.h"
#include "core/engine/precision.h"
#include "core/engine/prototype_pictures.h"
#include "core/engine/query_set.h"
#include "core/image/model_input.h"
#include "core/image/preprocess_options.h"
#include "core/io/state_dict_origin.h"
#include "core/model/model_config.h"
#include "core/model/model_offer.h"
#include "core/model/receptive_field.h"

namespace ocellus {

struct EngineOptions {
    std::string device = "auto"; ///< "auto", "cpu", "cuda" or "cuda:1"
    int threads = 0;             ///< 0: all cores
    bool tf32 = false;           ///< CUDA only: 10-bit mantissas in matrix products
    bool half = false;           ///< CUDA only: float16 arithmetic
    std::size_t encodingCacheBytes = std::size_t{512} << 20;
    std::size_t decodingCacheBytes = std::size_t{512} << 20;
    /// For pictures that are edited: keep the backbone's grids of the last picture (190 MB more for ResNet-50 at
    /// 800x1200), so that encoding it with a small change computes only what the change can reach. Equal to a full pass
    /// within 1e-4 in float32.
    bool followEdits = false;
    /// Which state dict of a checkpoint with several is the model, as Checkpoint::open takes it; empty: the one that
    /// fits best.
    std::string stateDict = {};
    /// What the user says of the model, over what its file and the files beside it say.
    ModelSettings model = {};

    bool operator==(const EngineOptions&) const = default;
};

/// What the engine computes on, measured when it is created.
struct DeviceReport {
    std::string name; ///< "CPU, 2 threads" or "NVIDIA H100 (cuda:0), TF32"
    int threads = 1;
    double gigaflops = 0;  ///< of a small float32 matrix product
    bool slowBlas = false; ///< the reference BLAS is in use: everything takes several times as long
    Precision precision;
};

/// Something that the training program wrote about itself.
struct TrainingNote {
    std::string key; ///< "training_command", "data_hash", "epoch", "acc@1", "acc@5" or "val_loss"
    std::string text;

    bool operator==(const TrainingNote&) const = default;
};

/// What a checkpoint turned out to be.
struct ModelDescription {
    std::filesystem::path path;
    std::string format; ///< as Checkpoint::format()
    std::string sha256;
    std::uint64_t fileBytes = 0;
    std::int64_t parameters = 0;
    ModelConfig config;
    ModelOffer offer;                            ///< what it can show
    std::vector<std::string> assumed;            ///< fields of config that nothing in the file tells: the usual values
    ModelSettings given;                         ///< what the user said of it: EngineOptions::model
    std::vector<std::string> classNames;         ///< from the file's own metadata, else empty
    std::optional<PreprocessOptions> preprocess; ///< what the model was trained with, where the file tells
    std::vector<TrainingNote> training;          ///< command, data and figures, where the file tells
    /// What of the file was not used, and why: hints that do not parse, names of the wrong count, other state dicts.
    std::vector<std::string> remarks;
    PrototypePictures
        prototypePictures;     ///< what prototypes were pushed onto, as far as there; they are in `remarks` too
    StateDictOrigin stateDict; ///< where in the file the weights lie
    bool untrained = false;    ///< the metadata says that its weights come from a formula
    std::string layout;        ///< whose names the file has, where they had to be undone: "Hugging Face"
    ReceptiveField field;      ///< of the backbone's grid
};

/// "assumed: num_heads 6, activation gelu; set by hand: norm_eps 1e-05", to stand beside maps; empty where nothing was,
/// and what is assumed of INTR on a convolutional backbone is not told: its released values are the only ones in use.
std::string assumptionsText(const ModelDescription& model);

/// Throws Error(Unsupported) for a plain classifier, which has nothing to explain: no queries, no maps.
void requireMaps(const ModelDescription& model);

/// What an encoding means to EngineOptions::followEdits.
enum class EncodeUse {
    Followed, ///< the next picture is probably this one with a further change
    Passing   ///< a draft, or an experiment: it may use what is kept of another picture, and leaves it as it is
};

/// How often the expensive arrows were really walked.
struct EngineCounters {
    std::int64_t encodes = 0;
    std::int64_t partialEncodes = 0; ///< of these; only what a change can reach
    std::int64_t decodes = 0;
};

/// INTR, or a plain classifier, with caches: opens a checkpoint, encodes pictures once, decodes query sets from the
/// memory.
///
/// All calls from one thread; but while a model is open and EngineOptions::followEdits is off, encode(), decode(),
/// blurHeads() and logits() may be called from several at once, each of which computes on its own
/// EngineOptions::threads. Errors leave the engine as it was, with the model it had.
class Engine {
public:
    /// Told what a checkpoint is before its weights are read; throws to refuse it (see requireMaps).
    using Acceptance = std::function<void(const ModelDescription&)>;

    /// Throws Error(Device) where the device asked for is not there.
    explicit Engine(const EngineOptions& options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    const EngineOptions& options() const;
    const DeviceReport& device() const;

    /// Reads, checks and loads a checkpoint; forgets the caches of the one before.
    /// Throws Error: NotFound, Unreadable, Damaged, Unsafe, Unsupported, Mismatch, TooLarge, Cancelled, and what
    /// `accept` throws.
    const ModelDescription& open(const std::filesystem::path& checkpoint, const Progress& progress = {},
                                 const Acceptance& accept = {});

    /// Null before a checkpoint is open.
    const ModelDescription* model() const;

    /// Preprocessed picture -> memory, or a plain classifier's pooled features as one cell. From the cache where it was
    /// encoded before, and partly from the last picture's grids with EngineOptions::followEdits. Throws Error:
    /// Cancelled, Device.
    std::shared_ptr<const Encoding> encode(const ModelInput& input, const Progress& progress = {},
                                           EncodeUse use = EncodeUse::Followed);

    /// Memory -> logits of a query set, and what its maps are made of. Memory grows with the number of classes and with
    /// that of cells, not with their product. Throws Error: BadArgument (also for a limit where a plain classifier is
    /// open), Cancelled, Device.
    std::shared_ptr<const Decoding> decode(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set,
                                           const Progress& progress = {});

    /// The same with attention changed by hand: the logit (and with it all probabilities and the ranking), the output
    /// and the last layer's attention of the intervention's class are those of the changed attention, everything else
    /// is the same bits as without. Costs milliseconds where the query set was decoded before, and is not cached beyond
    /// that. An inactive class under `zero` changes alone: its query is one of many equal ones, its attention its own.
    std::shared_ptr<const Decoding> decode(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set,
                                           const AttentionIntervention& intervention, const Progress& progress = {});

    /// The class's heads ranked by blurring them in the last block. Throws Error: Unsupported where the model has no
    /// such thing (ModelOffer::canBlurHeads), BadArgument for a class that takes no part in the set, Cancelled.
    BlurredHeads blurHeads(const std::shared_ptr<const Encoding>& encoding, const QuerySet& set, int classIndex,
                           const Progress& progress = {});

    /// Preprocessed picture -> logits of all classes, [C]: for pictures that nobody looks at. Takes what the caches
    /// hold, but puts nothing into them and leaves alone what EngineOptions::followEdits keeps. Throws as encode() and
    /// decode().
    std::vector<float> logits(const ModelInput& input, const Progress& progress = {});

    /// The same for several pictures, which a GPU's backbone takes together where they are of one size.
    std::vector<std::vector<float>> logits(std::span<const ModelInput> inputs, const Progress& progress = {});

    /// How many pictures a call of logits() is best given: many for a GPU, which idles on one alone.
    std::size_t picturesAtOnce() const;

    /// A grid on the backbone's way, not cached.
    struct Grid {
        int channels = 0, rows = 0, columns = 0;
        std::vector<float> values; ///< [channels, rows, columns]
    };

    /// Preprocessed picture -> the grid behind the first `blocks` blocks of the backbone's plan (see backboneStages),
    /// for who goes on from there with gradients. Throws Error: BadArgument for more blocks than there are, Cancelled,
    /// Device.
    Grid grid(const ModelInput& input, std::size_t blocks, const Progress& progress = {});

    /// A class's logit, had its last cross-attention had each of these weights in turn: `attention` [n, R, N] -> [n].
    /// Milliseconds; nothing is cached. Throws Error: Unsupported for a plain classifier, Mismatch for another length,
    /// BadArgument for a class without a query, Device.
    std::vector<float> logitsWith(const Encoding& encoding, const Decoding& decoding, int classIndex,
                                  const std::vector<float>& attention);

    EngineCounters counters() const;

    /// What EngineOptions::followEdits holds in memory now.
    std::size_t editBytes() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace ocellus
