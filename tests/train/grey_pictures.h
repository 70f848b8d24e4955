// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include <QString>

#include "core/train/data/training_set.h"
#include "core/train/train_options.h"
#include "tests/train/picture_folder.h"

namespace ocellus::test {

/// A folder of pictures that are told apart by their grey, on which a small network trains in a second.
class GreyPictures {
public:
    /// Grey of each class's first picture; its others are a little brighter. The sides are those of a bitmap.
    explicit GreyPictures(const std::map<QString, int>& levels = {{"dark", 20}, {"bright", 200}}, int train = 6,
                          int val = 3, int width = 40, int height = 40, int apart = 5)
    {
        for (int i = 0; i < train; ++i)
            for (const auto& [name, level] : levels) {
                folder.write(QString("train/%1/%2.bmp").arg(name).arg(i), greyBitmap(width, height, level + apart * i));
                if (i < val)
                    folder.write(QString("val/%1/%2.bmp").arg(name).arg(i),
                                 greyBitmap(width, height, level + apart * i + 2));
            }
        set = readTrainingSet(folder.path() / ".", {true});
    }

    PictureFolder folder;
    TrainingSet set;

protected:
    /// What all runs on them share: one thread, and results in the folder.
    TrainOptions runOptions(const std::string& name, int epochs, double learningRate) const
    {
        TrainOptions options;
        options.data = folder.path();
        options.out = folder.path() / name;
        options.augmentation = Augmentation::Flip;
        options.epochs = epochs;
        options.batchSize = 4;
        options.learningRate = learningRate;
        options.workers = 0;
        options.threads = 1;
        options.device = "cpu";
        return options;
    }
};

} // namespace ocellus::test
