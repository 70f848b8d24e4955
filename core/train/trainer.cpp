// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <cmath>
#include <optional>

#include "core/analysis/unusualness.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/engine/device.h"
#include "core/io/checkpoint.h"
#include "core/train/distributed_group.h"
#include "core/train/hash_of_tensors.h"
#include "core/train/learning_rate.h"
#include "core/train/network/initial_weights.h"
#include "core/train/network/named_tensor_source.h"
#include "core/train/network/pretrained_weights.h"
#include "core/train/network/prototype_head.h"
#include "core/train/network/prototype_state.h"
#include "core/train/network/trainable_network.h"
#include "core/train/network/vit_state_names.h"
#include "core/train/optimizer.h"
#include "core/train/pace.h"
#include "core/train/prototype_model.h"
#include "core/train/prototype_patches.h"
#include "core/train/rank_agreement.h"
#include "core/train/run_files.h"
#include "core/train/score_sums.h"
#include "core/train/torch_optimizer_headers.h"
#include "core/train/train_args.h"
#include "core/train/train_estimate.h"
#include "core/train/training_input.h"
#include "core/train/training_log.h"
#include "core/train/training_walk.h"
#include "core/train/validation_scores.h"

namespace ocellus {
namespace {

namespace F = torch::nn::functional;

/// Pushes walk over all pictures, which several processes have shared out.
void requireOneProcess(const RankEnvironment& environment)
{
    if (environment.ranks > 1)
        throw Error(ErrorCode::Unsupported, "--head",
                    "expected one process for a head of prototypes, got " + std::to_string(environment.ranks));
}

TrainOptions forThisRank(TrainOptions options, const TrainingSet& set, const RankEnvironment& environment)
{
    options.model.queries = static_cast<int>(set.classNames.size());
    if (options.model.vit && options.model.head == HeadKind::None)
        options.model.vit->classes = options.model.queries;
    validate(options);
    if (isPrototypeHead(options.model.head)) {
        requireOneProcess(environment);
        options.prototypes = recipeFor(options.prototypes, options.model.head == HeadKind::Tree, options.model.queries);
        options.model.prototypes = prototypesToTrain(options, options.model.queries);
    }
    options.device = deviceOfRank(options.device, environment);
    return options;
}

constexpr const char* diverged =
    "The last checkpoint is whole: look at the pictures, or begin again with a smaller --lr or --clip";

at::Tensor lossSum(const at::Tensor& logits, const at::Tensor& labels)
{
    return F::cross_entropy(logits, labels, F::CrossEntropyFuncOptions().reduction(torch::kSum));
}

/// Errors about tensors say nothing of the file and the option that brought them.
void startFrom(const char* option, const std::filesystem::path& path, const std::string& stateDict,
               const std::function<void(const Checkpoint&)>& load)
{
    const std::unique_ptr<Checkpoint> checkpoint = Checkpoint::open(path, {}, stateDict);
    try {
        load(*checkpoint);
    } catch (const Error& error) {
        throw Error(error.code(), std::string(option) + " " + path.string(), error.subject() + ": " + error.detail(),
                    "Give the options of the network that the file holds: ocellus-cli inspect tells them");
    }
}

} // namespace

class Trainer::Run {
public:
    Run(const TrainOptions& options, const TrainingSet& set, TrainObserver observer);

    bool isLeader() const { return m_group->rank() == 0; }
    bool run(const std::stop_token& stop);
    TrainEstimate estimate(const std::stop_token& stop);

private:
    void startFresh();
    void requireSameStart();
    void restore(const TrainingState& state);
    void fillFeatures(const std::stop_token& stop);
    bool trainEpoch(const std::stop_token& stop);
    void trainStep(Batch& batch, int step);
    PrototypeHead::Objective objectiveOf(const Batch& batch, int step);
    void startPrototypes(const std::stop_token& stop);
    bool finishPrototypes(const std::stop_token& stop);
    EpochPlace place() const { return {m_epoch, m_options.epochs, m_input->stepsPerEpoch()}; }
    void requireFinite(double value, const char* what, const Batch& batch, int step) const;
    std::optional<ValidationScores> validateNetwork(const std::stop_token& stop);
    void finishEpoch(const ValidationScores& scores);
    bool isEnoughWanted();
    /// `best` are the scores of the best epoch so far, null of any other.
    void save(const ValidationScores* best = nullptr);
    void saveBest(const TensorSource& model, const TensorSource& moments, TrainingState best,
                  const ValidationScores& scores);
    void noteUnshown(const std::vector<Error>& unreadable) const;
    TrainingState state() const;
    void tell(bool validating) const;
    void note(const std::string& sentence) const;
    RunFiles::Extent checkpointExtent() const;

    RankEnvironment m_environment;
    TrainOptions m_options;
    const TrainingSet& m_set;
    TrainObserver m_observer;
    RunFiles m_files;
    Compute m_compute;
    std::unique_ptr<ProcessGroup> m_group;
    TrainableNetwork m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    std::unique_ptr<TrainingInput> m_input;
    std::optional<LearningRate> m_rate;

    int m_epoch = 0; ///< from 0: the one that runs or comes next
    int m_step = 0;  ///< steps of it that are made
    /// Highest acc@1 on val so far and its negative loss: among equals the surer epoch is the better.
    std::pair<double, double> m_best = {-1, 0};
    double m_trainSeconds = 0;  ///< of this epoch so far
    double m_finishSeconds = 0; ///< of pushes and the like, after its steps
    double m_validationSeconds = 0;
    ScoreSums m_sums; ///< of this epoch so far, over all ranks
    Pace m_stepPace;
    Pace m_validationPace;
    std::vector<EpochReport> m_reports;
};

Trainer::Run::Run(const TrainOptions& options, const TrainingSet& set, TrainObserver observer)
    : m_environment(readRankEnvironment()),
      m_options(forThisRank(options, set, m_environment)),
      m_set(set),
      m_observer(std::move(observer)),
      m_files(options.out),
      m_compute(chooseCompute({.device = m_options.device, .threads = options.threads})),
      m_group(joinProcessGroup(m_environment, m_compute.device)),
      m_network(m_options.model, {options.dropout, options.headDropout}, options.batchNorm, options.fixedPrompts,
                m_options.prototypes)
{
    std::optional<TrainingCheckpoint> stored;
    if (options.resume) {
        m_files.requireRun();
        stored = readTrainingCheckpoint(m_files.checkpoint());
        requireSameRun(stored->state.args, trainArgs(m_options, set));
        if (m_network.prototypeHead())
            m_network.prototypeHead()->adopt(stored->state.args);
        loadState(m_network, *stored->model);
    } else {
        startFresh();
    }
    if (options.freezeBackbone)
        m_network.freezeBackbone();
    m_network.to(m_compute.device);
    m_optimizer = std::make_unique<Optimizer>(m_network, m_options);
    m_input = std::make_unique<TrainingInput>(m_options, set, NamedTensorSource(m_network.state()), m_compute.device,
                                              m_group->rank(), m_group->ranks(), m_observer.noted);
    if (stored) {
        m_optimizer->restore(stored->state, *stored->moments);
        restore(stored->state);
    }
    requireSameStart();
    m_group->watch(m_optimizer->parameters());
    m_rate.emplace(m_options, m_input->stepsPerEpoch());
}

void Trainer::Run::startFresh()
{
    m_files.requireFresh();
    initialise(m_network, m_options.seed);
    if (!m_options.finetune.empty())
        startFrom("--finetune", m_options.finetune, m_options.stateDict,
                  [this](const Checkpoint& start) { loadFinetune(m_network, start, m_options.seed); });
    if (!m_options.backboneWeights.empty())
        startFrom("--backbone-weights", m_options.backboneWeights, m_options.stateDict,
                  [this](const Checkpoint& start) { loadBackbone(m_network, start); });
}

void Trainer::Run::requireSameStart()
{
    requireSame(*m_group, "pictures", m_set.dataHash);
    requireSame(*m_group, "options",
                recipeOf(trainArgs(m_options, m_set)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    requireSame(*m_group, "weights",
                hashOfTensors(NamedTensorSource(m_network.state()), [](const TensorInfo&) { return true; }));
    requireSame(*m_group, "places in the run", std::to_string(m_epoch) + " " + std::to_string(m_step));
}

/// What a checkpoint says of the epoch that was under way; a file from elsewhere may say anything.
void Trainer::Run::restore(const TrainingState& state)
{
    const int steps = m_input->stepsPerEpoch();
    try {
        m_step = state.extra.value("steps_of_next_epoch", 0);
        m_best = {state.extra.value("best_acc1", -1.0), -state.extra.value("best_val_loss", 0.0)};
        m_trainSeconds = state.extra.value("seconds_of_next_epoch", 0.0);
        const auto sums = state.extra.value("sums_of_next_epoch", std::vector<double>(m_sums.values().size()));
        if (m_step < 0 || m_step > steps || state.epoch < -1 || state.epoch >= 100'000 ||
            sums.size() != m_sums.values().size())
            throw Error(ErrorCode::Damaged, m_files.checkpoint().string(),
                        "expected a place within " + std::to_string(steps) + " steps an epoch, got epoch " +
                            std::to_string(state.epoch) + ", step " + std::to_string(m_step));
        std::ranges::copy(sums, m_sums.values().begin());
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorCode::Damaged, m_files.checkpoint().string(),
                    std::string("expected the place of a run, got something else: ") + error.what());
    }
    m_epoch = state.epoch + 1;
    m_reports = readTrainingLog(m_files.log(), m_epoch);
    note("Resumed after " + std::to_string(m_epoch) + " epochs" +
         (m_step > 0 ? " and " + std::to_string(m_step) + " steps" : std::string()));
}

bool Trainer::Run::run(const std::stop_token& stop)
{
    if (isLeader()) {
        m_files.makeFolder();
        m_files.removeLeftovers();
        m_files.requireRoom(checkpointExtent());
        m_input->requireRoom();
    }
    m_group->barrier();
    if (m_input->usesFeatures())
        note(m_input->featureSummary());
    fillFeatures(stop);
    startPrototypes(stop);
    while (m_epoch < m_options.epochs) {
        const std::optional<ValidationScores> scores =
            trainEpoch(stop) && finishPrototypes(stop) ? validateNetwork(stop) : std::nullopt;
        if (!scores) {
            averageBuffers(*m_group, m_network);
            save();
            return false;
        }
        if (const double loss = scores->sums().meanLoss(); !std::isfinite(loss))
            throw Error(ErrorCode::Damaged, "epoch " + std::to_string(m_epoch + 1) + ", validation",
                        "expected a finite loss, got " + std::to_string(loss), diverged);
        finishEpoch(*scores);
        if (m_epoch < m_options.epochs && isEnoughWanted())
            return false; // all is saved
    }
    return true;
}

/// The leader is asked, and all ranks do as it says.
bool Trainer::Run::isEnoughWanted()
{
    double wanted[] = {isLeader() && m_observer.isEnoughWanted && m_observer.isEnoughWanted() ? 1.0 : 0.0};
    m_group->sum(wanted);
    return wanted[0] > 0;
}

void Trainer::Run::fillFeatures(const std::stop_token& stop)
{
    if (!m_input->usesFeatures())
        return;
    m_input->fillFeatures(Progress(stop, [this](Stage, double fraction) {
        if (m_observer.featuresFilled)
            m_observer.featuresFilled(fraction);
    }));
    m_group->barrier();
}

/// False where a stop was asked for on any rank, after the step that was running.
bool Trainer::Run::trainEpoch(const std::stop_token& stop)
{
    m_network.train();
    if (m_epoch >= m_options.epochs - m_options.frozenEpochs)
        m_network.setBatchNorm(BatchNormMode::Frozen);
    if (m_network.prototypeHead())
        m_network.prototypeHead()->beginEpoch(place());
    const int steps = m_input->stepsPerEpoch();
    const std::unique_ptr<BatchSource> source = m_input->training(m_epoch, m_step);
    Batch batch;
    while (m_step < steps) {
        m_stepPace.begin();
        source->next(batch);
        trainStep(batch, m_step);
        m_trainSeconds += m_stepPace.end();
        ++m_step;
        tell(false);
        double stops[] = {stop.stop_requested() ? 1.0 : 0.0};
        m_group->sum(stops);
        if (stops[0] > 0)
            return false;
    }
    return true;
}

void Trainer::Run::trainStep(Batch& batch, int step)
{
    // Dropout depends on the place in the run alone, so that a run that goes on drops what it would have dropped.
    torch::manual_seed(RandomStream{m_options.seed, static_cast<std::uint64_t>(m_epoch),
                                    static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(m_group->rank())}
                           .next());
    m_optimizer->zeroGradients();
    ScoreSums sums;
    if (!batch.indices.empty()) {
        const PrototypeHead::Objective objective = objectiveOf(batch, step);
        sums.add(objective.logits, batch.labels, lossSum(objective.logits.detach(), batch.labels).item<double>());
        requireFinite(objective.loss.item<double>(), "loss", batch, step);
        objective.loss.backward();
    }
    m_group->finishGradients();
    requireFinite(m_optimizer->clip(m_options.clip), "norm of the gradients", batch, step);
    m_optimizer->step(m_rate->at(m_options.learningRate, m_epoch, step),
                      m_rate->at(m_options.backboneLearningRate, m_epoch, step));
    if (PrototypeHead* head = m_network.prototypeHead()) {
        const torch::NoGradGuard noGradients;
        head->finishStep(place(), batch.labels);
    }
    m_group->sum(sums.values());
    m_sums.add(sums);
}

PrototypeHead::Objective Trainer::Run::objectiveOf(const Batch& batch, int step)
{
    if (PrototypeHead* head = m_network.prototypeHead())
        return head->objective(batch.features, batch.labels);
    const at::Tensor logits = batch.logits(m_network);
    return {lossSum(logits, batch.labels) / static_cast<double>(m_input->picturesInStep(step)), logits};
}

/// Nothing in a run that goes on: its first checkpoint has at least one step.
void Trainer::Run::startPrototypes(const std::stop_token& stop)
{
    PrototypeHead* head = m_network.prototypeHead();
    if (!head || m_epoch > 0 || m_step > 0)
        return;
    const torch::NoGradGuard noGradients;
    const Progress progress(stop, {});
    head->start(TrainingWalk(*m_input, progress), m_options.seed, progress);
}

/// Pushes and the like, where the head has them. False where a stop was asked for: they are made later then, of the
/// epoch's saved steps.
bool Trainer::Run::finishPrototypes(const std::stop_token& stop)
{
    PrototypeHead* head = m_network.prototypeHead();
    if (!head)
        return true;
    const torch::NoGradGuard noGradients;
    m_network.eval();
    Pace pace;
    try {
        const Progress progress(stop, [this](Stage, double) { tell(true); });
        head->finishEpoch(place(), TrainingWalk(*m_input, progress), progress);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Cancelled)
            throw;
        return false;
    }
    m_finishSeconds = pace.end();
    return true;
}

void Trainer::Run::requireFinite(double value, const char* what, const Batch& batch, int step) const
{
    if (std::isfinite(value))
        return;
    std::string pictures;
    for (const std::size_t index : batch.indices)
        pictures += (pictures.empty() ? "" : ", ") + m_set.train[index].relative.string();
    throw Error(ErrorCode::Damaged, "epoch " + std::to_string(m_epoch + 1) + ", step " + std::to_string(step + 1),
                std::string("expected a finite ") + what + ", got " + std::to_string(value) + " for " + pictures,
                diverged);
}

/// Nothing where a stop was asked for: the epoch's steps are saved, and the pictures looked at later.
std::optional<ValidationScores> Trainer::Run::validateNetwork(const std::stop_token& stop)
{
    const torch::NoGradGuard noGradients;
    averageBuffers(*m_group, m_network);
    m_network.eval();
    m_validationPace.begin();
    ValidationScores scores(m_set);
    const std::unique_ptr<BatchSource> source = m_input->validation();
    Batch batch;
    while (source->next(batch)) {
        // Several ranks would have to agree, and prototypes would be pushed twice: they finish.
        if (stop.stop_requested() && m_group->ranks() == 1 && !m_network.prototypeHead())
            return std::nullopt;
        const at::Tensor logits = batch.logits(m_network);
        scores.add(batch, logits, lossSum(logits, batch.labels).item<double>());
        tell(true);
    }
    scores.sum(*m_group);
    m_validationSeconds = m_validationPace.end();
    return scores;
}

void Trainer::Run::finishEpoch(const ValidationScores& scores)
{
    EpochReport report;
    report.epoch = m_epoch + 1;
    report.trainLoss = m_sums.meanLoss();
    report.trainAccuracy = m_sums.accuracy1();
    report.valLoss = scores.sums().meanLoss();
    report.accuracy1 = scores.sums().accuracy1();
    report.accuracy5 = scores.sums().accuracy5();
    report.learningRate = m_rate->at(m_options.learningRate, m_epoch, m_step - 1);
    report.backboneLearningRate = m_rate->at(m_options.backboneLearningRate, m_epoch, m_step - 1);
    report.picturesPerSecond = m_sums.count() / m_trainSeconds;
    report.seconds = m_trainSeconds + m_finishSeconds + m_validationSeconds;
    report.neverNamed = scores.neverNamed(m_set);
    report.canBeBest = !m_network.prototypeHead() || m_network.prototypeHead()->isPublished(place());
    m_reports.push_back(report);
    ++m_epoch;
    m_step = 0;
    m_sums = {};
    m_trainSeconds = 0;
    const bool isBest = report.canBeBest && std::pair(report.accuracy1, -report.valLoss) > m_best;
    if (isBest)
        m_best = {report.accuracy1, -report.valLoss};
    save(isBest ? &scores : nullptr);
    if (isLeader() && m_observer.epochFinished)
        m_observer.epochFinished(m_reports);
}

void Trainer::Run::save(const ValidationScores* best)
{
    if (isLeader()) {
        const NamedTensorSource model(releasedState(m_network));
        const NamedTensorSource moments = m_optimizer->moments();
        const TrainingState now = state();
        if (best)
            saveBest(model, moments, now, *best);
        m_files.saveCheckpoint(model, moments, now, m_reports);
    }
    m_group->barrier();
}

void Trainer::Run::saveBest(const TensorSource& model, const TensorSource& moments, TrainingState best,
                            const ValidationScores& scores)
{
    if (m_options.model.head != HeadKind::Tree) // of logarithms of probabilities the energy is always 0
        best.args[std::string(validationEnergiesKey)] = EnergyReference(scores.energies()).toText();
    const PrototypeHead* head = m_network.prototypeHead();
    if (!head) {
        m_files.saveBest(model, moments, best, m_reports.back());
        return;
    }
    const int side = m_options.preprocess.fixedSide;
    const auto patches = patchesOf(head->origins(), m_set, {side, side});
    const PrototypePictureFiles pictures(m_options.out, m_reports.back().epoch, head->tree());
    noteUnshown(pictures.write(patches, m_set, m_options.preprocess));
    if (const std::string origins = originsText(patches, m_set); !origins.empty())
        best.args["prototype_origins"] = origins;
    best.args["prototype_pictures"] = pictures.place();
    m_files.saveBest(NamedTensorSource(publishedPrototypeState(m_network)), moments, best, m_reports.back());
    pictures.publish();
}

void Trainer::Run::noteUnshown(const std::vector<Error>& unreadable) const
{
    if (!unreadable.empty())
        note("Pictures of prototypes are left out, since " + std::to_string(unreadable.size()) +
             " training pictures can no longer be read, of which one is " + unreadable.front().what());
}

TrainingState Trainer::Run::state() const
{
    TrainingState state;
    m_optimizer->describe(state);
    state.scheduler = m_rate->stateDict(m_epoch);
    state.epoch = m_epoch - 1;
    state.args = trainArgs(m_options, m_set);
    if (m_network.prototypeHead()) {
        state.args.update(m_network.prototypeHead()->facts());
        state.args["prototype_pictures"] = ""; // saveBest() knows better
    }
    const std::span<const double> sums = m_sums.values();
    state.extra = {{"best_acc1", m_best.first},
                   {"best_val_loss", -m_best.second},
                   {"steps_of_next_epoch", m_step},
                   {"seconds_of_next_epoch", m_trainSeconds},
                   {"sums_of_next_epoch", std::vector<double>(sums.begin(), sums.end())}};
    return state;
}

void Trainer::Run::tell(bool validating) const
{
    if (!isLeader() || !m_observer.progressed)
        return;
    const int steps = m_input->stepsPerEpoch();
    const double stepsLeft = static_cast<double>(m_options.epochs - m_epoch) * steps - m_step;
    const double validationsLeft = m_options.epochs - m_epoch;
    m_observer.progressed({.epoch = m_epoch + 1,
                           .epochs = m_options.epochs,
                           .step = m_step,
                           .steps = steps,
                           .validating = validating,
                           .loss = m_sums.meanLoss(),
                           .secondsLeft = stepsLeft * m_stepPace.mean() + validationsLeft * m_validationPace.mean()});
}

void Trainer::Run::note(const std::string& sentence) const
{
    if (isLeader() && m_observer.noted)
        m_observer.noted(sentence);
}

TrainEstimate Trainer::Run::estimate(const std::stop_token& stop)
{
    constexpr int trialSteps = 4;
    m_network.train();
    if (m_network.prototypeHead())
        m_network.prototypeHead()->beginEpoch(place());
    TrialTimes trial;
    Batch batch;
    for (int step = 0; step < std::min(trialSteps, m_input->stepsPerEpoch()) && !stop.stop_requested(); ++step) {
        const auto pictures = static_cast<double>(m_input->picturesInStep(step));
        Pace pace;
        m_input->training(0, step)->next(batch);
        trial.reading.add(pictures, pace.end());
        pace.begin();
        trainStep(batch, step);
        trial.training.add(pictures, pace.end());
    }
    TrainEstimate estimate = estimateRun(trial, m_options, m_set, m_epoch);
    estimate.stepsPerEpoch = m_input->stepsPerEpoch();
    estimate.diskBytes = RunFiles::bytesFor(checkpointExtent()) + m_input->missingFeatureBytes();
    return estimate;
}

RunFiles::Extent Trainer::Run::checkpointExtent() const
{
    const auto bytesOf = [](const at::Tensor& tensor) {
        return sizeof(float) * static_cast<std::uintmax_t>(tensor.numel());
    };
    RunFiles::Extent extent;
    for (const auto& [name, tensor] : m_network.state())
        extent.weights += bytesOf(tensor);
    for (const at::Tensor& tensor : m_optimizer->parameters())
        extent.moments += 2 * bytesOf(tensor);
    if (m_network.prototypeHead())
        extent.shown = PrototypePictureFiles::bytesFor(static_cast<std::size_t>(m_options.model.prototypes->prototypes),
                                                       m_options.preprocess.fixedSide);
    return extent;
}

Trainer::Trainer(const TrainOptions& options, const TrainingSet& set, const TrainObserver& observer)
    : m_run(std::make_unique<Run>(options, set, observer))
{
}

Trainer::~Trainer() = default;

bool Trainer::run(const std::stop_token& stop)
{
    return m_run->run(stop);
}

TrainEstimate Trainer::estimate(const std::stop_token& stop)
{
    return m_run->estimate(stop);
}

} // namespace ocellus
