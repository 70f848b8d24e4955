// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_recipe.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/engine/paths.h"

namespace ocellus {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ocellus::TrainingRecipe", text);
}

QStringList words(const char* options)
{
    return QString::fromLatin1(options).split(' ', Qt::SkipEmptyParts);
}

QString anchor(const char* name, const char* address)
{
    return QStringLiteral("<a href=\"https://%2\">%1</a>").arg(QLatin1String(name), QLatin1String(address));
}

std::vector<TrainingRecipe> makeRecipes()
{
    const QString backbone =
        tr("a network trained on ImageNet, as torchvision gives it: %1, %2 or %3. One trained on animals does better "
           "where it is to be had: iNaturalist's MobileNetV2 of birds or insects are .tflite files at %4, which have "
           "to be converted to torchvision's names first.")
            .arg(anchor("MobileNetV2", "download.pytorch.org/models/mobilenet_v2-b0353104.pth"),
                 anchor("ResNet-18", "download.pytorch.org/models/resnet18-f37072fd.pth"),
                 anchor("ResNet-50", "download.pytorch.org/models/resnet50-0676ba61.pth"),
                 anchor("coral.ai", "coral.ai/models/image-classification"));
    TrainingRecipe hour{
        QStringLiteral("laptop-hour"),
        tr("Laptop, an hour"),
        tr("The pretrained network stays as it is and looks at each picture once; INTR on top of it learns."),
        tr("93.0 % on 40 of CUB's birds, from MobileNetV2 of iNaturalist's birds."),
        backbone,
        TrainingRecipe::Start::Backbone,
        words("--freeze-backbone --dilation --image-size fixed:224 --hidden-dim 128 --enc-layers 1 --ff 512 "
              "--epochs 14 --batch-size 16 --lr 5e-4 --scheduler onecycle")};
    TrainingRecipe night{
        QStringLiteral("laptop-night"),
        tr("Laptop, overnight"),
        tr("The pretrained network learns along, on changed pictures in every epoch: slower by far, for species that "
           "it was not made for."),
        tr("nothing yet, it was not measured on a known set."),
        backbone,
        TrainingRecipe::Start::Backbone,
        words("--dilation --image-size fixed:224 --hidden-dim 128 --enc-layers 1 --ff 512 --epochs 30 --batch-size 12 "
              "--lr 3e-4 --lr-backbone 3e-5 --scheduler cosine")};
    TrainingRecipe published{
        QStringLiteral("published"),
        tr("GPU, the published recipe"),
        tr("INTR as in its paper: ResNet-50 at 800 pixels, 140 epochs from DETR's weights. Days without a GPU."),
        tr("what it gave on several sets is in its paper, arXiv 2311.04157."),
        tr("%1, of %2.")
            .arg(anchor("detr-r50-e632da11.pth", "dl.fbaipublicfiles.com/detr/detr-r50-e632da11.pth"),
                 anchor("DETR", "github.com/facebookresearch/detr")),
        TrainingRecipe::Start::Whole,
        {}};
    TrainingRecipe cluster = published;
    cluster.key = QStringLiteral("cluster");
    cluster.name = tr("Cluster");
    cluster.purpose = tr("Writes a job for Slurm with the published recipe and all that it needs, and takes the result "
                         "back in.");
    cluster.isForCluster = true;
    TrainingRecipe advanced = hour;
    advanced.key = QStringLiteral("advanced");
    advanced.name = tr("Advanced");
    advanced.purpose = tr("Every option, as the command line has it.");
    advanced.known = tr("nothing, it is what you make of it.");
    return {hour, night, published, cluster, advanced};
}

} // namespace

const std::vector<TrainingRecipe>& trainingRecipes()
{
    static const std::vector<TrainingRecipe> recipes = makeRecipes();
    return recipes;
}

const TrainingRecipe* recipeOf(const QString& key)
{
    const auto& all = trainingRecipes();
    const auto found = std::ranges::find(all, key, &TrainingRecipe::key);
    return found == all.end() ? nullptr : &*found;
}

QStringList optionsOf(const std::filesystem::path& weights, const StartWeights& known)
{
    const bool isWhole = known.kind == StartWeights::Kind::Whole;
    return {QStringLiteral("--backbone"), QString::fromStdString(known.backbone),
            isWhole ? QStringLiteral("--finetune") : QStringLiteral("--backbone-weights"), toQString(weights)};
}

QStringList optionsOf(const TrainingRecipe& recipe, const std::filesystem::path& weights,
                      const std::optional<StartWeights>& known)
{
    QStringList options = known ? optionsOf(weights, *known) : QStringList();
    options += recipe.options;
    if (known && known->isVit()) {
        options.removeAll(QStringLiteral("--dilation")); // it has no last stage
        if (options.contains(QStringLiteral("--lr-backbone")))
            options << QStringLiteral("--train-backbone"); // else it stays as it is
    }
    return options;
}

} // namespace ocellus
